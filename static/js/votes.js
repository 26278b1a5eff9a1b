/* Votes without loading the page anew. The buttons stand in forms that work without this script. */
(() => {
  'use strict';
  const written = (count) => count.toLocaleString(document.documentElement.lang || 'en');

  /* What the page says of the vote beside the button: only the words of the present state are shown. */
  const tell = (scope, state) => {
    scope.querySelectorAll('[data-when]').forEach((part) => {
      part.hidden = part.dataset.when === 'mine' ? !state : part.dataset.when !== (state || 'none');
    });
  };

  /* A vote that is withdrawn takes its reason with it: nothing may look as if it were still kept, nor the thanks for it. */
  const forget = (panel) => {
    panel.querySelector('[data-said]')?.setAttribute('hidden', '');
    panel.querySelector('[data-unsaid]')?.removeAttribute('hidden');
    panel.querySelectorAll('.vote-why :is(input, textarea)').forEach((field) => {
      if (field.type === 'radio') field.checked = false;
      else if (field.type === 'textarea') field.value = '';
    });
    panel.querySelector('.vote-why')?.removeAttribute('open');
    document.querySelectorAll('.banner[role="status"]').forEach((part) => part.remove());
  };

  const show = (button, form, news) => {
    const pressed = Boolean(news.state);
    button.setAttribute('aria-pressed', String(pressed));
    button.toggleAttribute('data-waiting', news.state === 'waiting');
    const count = button.querySelector('.n');
    if (count) count.textContent = written(news.votes);
    const told = button.closest('li')?.querySelector('[data-votes]');
    if (told) told.textContent = news.votes === 1 ? told.dataset.one : told.dataset.two.replace('2', written(news.votes));
    const path = (button.getAttribute('formaction') || form.getAttribute('action')).replace(/(vote|withdraw)$/, pressed ? 'withdraw' : 'vote');
    if (button.hasAttribute('formaction')) button.setAttribute('formaction', path);
    else form.setAttribute('action', path);
    const id = path.split('/')[2];
    document.querySelectorAll(`[data-staff="${id}"]`).forEach((part) => {
      part.textContent = news.staff;
      part.hidden = !news.staff;
    });
    document.querySelectorAll(`[data-waits="${id}"]`).forEach((part) => { part.hidden = news.state !== 'waiting'; });
    const panel = button.closest('.vote-panel');
    if (panel) {
      tell(panel, news.state);
      if (!pressed) forget(panel);
    }
  };

  document.addEventListener('submit', async (event) => {
    const form = event.target;
    if (!form.classList.contains('vote') || form.dataset.plain) return;
    event.preventDefault();
    const button = event.submitter || form.querySelector('button');
    const news = await window.sendForm(form, button);
    if (news) show(button, form, news);
  }, true);
})();
