/* Reactions without loading the page anew. The buttons are submit buttons that work without this script. */
(() => {
  'use strict';
  document.addEventListener('submit', async (event) => {
    const button = event.submitter;
    if (!button?.classList.contains('react')) return;
    event.preventDefault();
    const form = event.target;
    const bar = button.closest('.post-foot') || form;
    if (bar.dataset.busy) return;
    bar.dataset.busy = '1';
    const body = new URLSearchParams(new FormData(form, button));
    try {
      const answer = await fetch(button.hasAttribute('formaction') ? button.formAction : form.action, {
        method: 'POST',
        body,
        headers: { Accept: 'application/json', 'X-CSRFToken': body.get('csrf_token') || '' },
        credentials: 'same-origin',
      });
      const news = await answer.json();
      if (!answer.ok) {
        window.tell?.(news.detail || news.title || document.body.dataset.textFailed);
        return;
      }
      news.reactions.forEach(({ kind, count, mine }) => {
        const target = bar.querySelector(`.react[value="${CSS.escape(kind)}"]`);
        if (!target) return;
        target.setAttribute('aria-pressed', String(mine));
        const number = target.querySelector('.n');
        if (number) number.textContent = count ? count.toLocaleString(document.documentElement.lang) : '';
      });
    } catch {
      window.tell?.(document.body.dataset.textFailed);
    } finally {
      delete bar.dataset.busy;
    }
  }, true);
})();
