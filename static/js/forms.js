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
    form.classList.add('is-busy');
    /* Busy, not disabled: browsers keep that beyond coming back, and a button outside its form would be forgotten. */
    if (event.submitter) event.submitter.ariaBusy = 'true';
    /* A download or a slow answer must not lock the form for good. */
    setTimeout(() => release(form), 15000);
  });
  const release = (form) => {
    delete form.dataset.sent;
    form.classList.remove('is-busy');
    [...form.elements].forEach((part) => { part.ariaBusy = null; });
  };
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) document.querySelectorAll('form[data-sent]').forEach(release);
  });
  document.querySelector('[data-focus]')?.focus();
})();
