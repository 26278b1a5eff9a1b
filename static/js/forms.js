/* Forms: sent once, refused ones bring the reader to the reasons. */
(() => {
  'use strict';
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== 'post') return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = '1';
    /* After this turn, so that the pressed button's name and value still travel along. */
    setTimeout(() => {
      if (event.submitter) event.submitter.disabled = true;
      form.classList.add('is-busy');
    });
    /* A download or a slow answer must not lock the form for good. */
    setTimeout(() => release(form), 15000);
  });
  const release = (form) => {
    delete form.dataset.sent;
    form.classList.remove('is-busy');
    form.querySelectorAll('button:disabled').forEach((button) => { button.disabled = false; });
  };
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) document.querySelectorAll('form[data-sent]').forEach(release);
  });
  document.querySelector('[data-focus]')?.focus();
})();
