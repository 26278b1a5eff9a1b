/* The desk: digits choose a decision, and the letter follows what is typed. */
(() => {
  'use strict';
  const keys = document.querySelector('[data-keys]');
  if (keys) {
    document.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select, [contenteditable], dialog') || !window.hasKeys()) return;
      const key = keys.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (key) {
        event.preventDefault();
        key.click();
      }
    });
  }
  const form = document.querySelector('form[data-letter]');
  const letter = form?.querySelector('[data-letter-text]');
  if (!letter) return;
  let timer;
  let number = 0;
  const refresh = async () => {
    const mine = ++number;
    try {
      const answer = await window.post(form.dataset.letter, new URLSearchParams(new FormData(form)));
      const news = await answer.json();
      if (!answer.ok || mine !== number) return;
      letter.replaceChildren(...news.letter.map((text) => {
        const paragraph = document.createElement('p');
        paragraph.textContent = text;
        return paragraph;
      }));
    } catch {
      /* The letter stays as it was; sending works all the same. */
    }
  };
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, 300);
  });
})();
