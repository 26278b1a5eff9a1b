/* Reactions without loading the page anew. The buttons are submit buttons that work without this script. */
(() => {
  'use strict';
  document.addEventListener('submit', async (event) => {
    const button = event.submitter;
    if (!button?.classList.contains('react')) return;
    event.preventDefault();
    const news = await window.sendForm(event.target, button);
    news?.reactions.forEach(({ kind, count, mine }) => {
      const target = button.closest('.post-foot').querySelector(`.react[value="${CSS.escape(kind)}"]`);
      if (!target) return;
      target.setAttribute('aria-pressed', String(mine));
      target.querySelector('.n').textContent = count ? count.toLocaleString(document.documentElement.lang) : '';
    });
  }, true);
})();
