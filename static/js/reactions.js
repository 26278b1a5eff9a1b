/* Reactions without loading the page anew. The buttons are submit buttons that work without this script. */
(() => {
  'use strict';
  let asked = 0;
  const shown = new WeakMap();
  document.addEventListener('submit', async (event) => {
    const button = event.submitter;
    if (!button?.classList.contains('react') || event.target.dataset.plain) return;
    event.preventDefault();
    const mine = ++asked;
    const foot = button.closest('.post-foot');
    const hadFocus = button === document.activeElement;
    const news = await window.sendForm(event.target, button);
    /* Of two answers about a post the one to the later question is true, in whichever order they come. */
    if (!news || mine < shown.get(foot)) return;
    shown.set(foot, mine);
    news.reactions.forEach(({ kind, count, mine: isMine }) => {
      const target = foot.querySelector(`.react[value="${CSS.escape(kind)}"]`);
      if (!target) return;
      target.setAttribute('aria-pressed', String(isMine));
      target.name = isMine ? 'off' : 'on';
      target.querySelector('.n')?.remove();
      if (count) target.append(Object.assign(document.createElement('span'), { className: 'n', textContent: count.toLocaleString(document.documentElement.lang) }));
      /* What has been chosen from the menu stands beside it, as when the page is drawn anew. */
      const menu = count && target.closest('details');
      if (!menu) return;
      menu.open = false;
      menu.before(target);
      if (target === button && hadFocus) target.focus({ preventScroll: true });
      if (!menu.querySelector('.react')) menu.remove();
    });
  }, true);
})();
