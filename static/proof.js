/* While somebody fills in the form, a worker does the work that it asks of browsers (forum/web/patience.py). A form that
   is sent before that is done waits; where no worker is to be had it goes without, and says first what follows. */
(() => {
  'use strict';
  const form = document.querySelector('form[data-puzzle]');
  if (!form) return;
  const { puzzle, parts, bits, worker: address, solution } = form.dataset;
  const status = form.querySelector('[data-wait]');
  let isReady = Boolean(solution);
  let pressed = null;
  form.elements.solution.value = solution;

  const hold = (button) => {
    pressed = button;
    form.classList.toggle('is-busy', Boolean(button));
    form.querySelectorAll('button').forEach((one) => { one.ariaBusy = one === button ? 'true' : null; });
    status.textContent = button ? status.dataset.wait : '';
  };
  form.addEventListener('submit', (event) => {
    if (isReady) return;
    event.preventDefault();
    hold(event.submitter || form.querySelector('button'));
  });
  if (isReady) return;

  const failed = () => {
    isReady = true;
    hold(null);
    const note = form.querySelector('noscript');
    note?.replaceWith(document.createRange().createContextualFragment(note.textContent));
  };
  try {
    const worker = new Worker(address);
    worker.onerror = failed;
    worker.onmessage = ({ data }) => {
      const button = pressed;
      form.elements.solution.value = data;
      isReady = true;
      worker.terminate();
      hold(null);
      if (button) form.requestSubmit(button);
    };
    worker.postMessage({ puzzle, parts: Number(parts), bits: Number(bits) });
  } catch { failed(); }
})();
