/* Code and tables that scroll sideways can be reached with the keyboard. */
(() => {
  'use strict';
  const mark = () => document.querySelectorAll('.post-body pre, .post-body table, .prose pre, .prose table').forEach((box) => {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  });
  mark();
  let timer = 0;
  window.addEventListener('resize', () => {
    clearTimeout(timer);
    timer = setTimeout(mark, 200);
  });
})();
