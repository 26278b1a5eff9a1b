/* Code and tables that scroll sideways can be reached with the keyboard, and only they. Of tabs that do, the present one is in sight. */
(() => {
  'use strict';
  const mark = () => document.querySelectorAll(':is(.post-body, .prose) :is(pre, .table-box), .table-wrap').forEach((box) => {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  });
  /* With the next picture, which needs the measures anyway: asked for at once, the browser would lay the page out twice. */
  requestAnimationFrame(() => {
    mark();
    document.querySelectorAll('.tabs').forEach((row) => {
      const here = row.querySelector('[aria-current]');
      if (here) row.scrollLeft += Math.max(0, here.getBoundingClientRect().right - row.getBoundingClientRect().right);
    });
  });
  document.addEventListener('renewed', mark);
  /* What is folded away has no measures. */
  document.addEventListener('toggle', mark, true);
  let timer = 0;
  window.addEventListener('resize', () => {
    clearTimeout(timer);
    timer = setTimeout(mark, 200);
  });
})();
