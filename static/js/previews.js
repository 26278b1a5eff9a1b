/* A form's preview follows what is typed: the page itself draws it, as its button without script does. */
(() => {
  'use strict';
  const form = document.querySelector('form[data-previewing]');
  const shown = form?.querySelector('[data-previewed]');
  if (!shown) return;
  /* Gone, not hidden: Enter in a field presses a form's first button. */
  form.querySelector('[data-preview-button]').remove();
  let due;
  let asked = 0;
  form.addEventListener('input', () => {
    clearTimeout(due);
    due = setTimeout(async () => {
      const mine = ++asked;
      const body = new FormData(form);
      body.set('show', '1');
      try {
        const answer = await fetch(form.action, { method: 'POST', body });
        const drawn = (await window.parsed(answer)).querySelector('[data-previewed]');
        if (answer.ok && drawn && mine === asked) shown.replaceChildren(...drawn.childNodes);
      } catch { /* the preview stays as it is */ }
    }, 300);
  });
})();
