/* Pictures in the composer: chosen, pasted or dropped; a line stands for each until it is uploaded. */
(() => {
  'use strict';
  const PATIENCE = 120000;
  const MOST_BYTES = 8 * 1024 * 1024; /* The server asks again. */
  const begun = () => `![${window.words.pictureRunning} (`;
  /* The text as it is kept as a draft: a line of a picture that is on its way would stand there for ever. */
  window.withoutPictures = (box) => box.querySelector('textarea').value.split('\n').filter((line) => !line.startsWith(begun())).join('\n');

  document.querySelectorAll('.composer').forEach((box) => {
    const area = box.querySelector('textarea');
    const form = box.closest('form');
    const button = box.querySelector('[data-tool="picture"]');
    if (!area || !form || !button) return;
    const status = box.querySelector('.composer-pictures');
    const running = new Set();
    let count = 0;

    const say = (text) => { status.textContent = text; };
    const waiting = () => [...running].some((line) => area.value.includes(line));
    const changed = () => area.dispatchEvent(new Event('input', { bubbles: true }));

    const insert = (line) => {
      area.setRangeText(`${window.gap(area)}${line}\n\n`, area.selectionStart, area.selectionEnd, 'end');
      changed();
    };

    const exchange = (line, text) => {
      const at = area.value.indexOf(line);
      if (at < 0) return;
      const blank = !text && area.value.startsWith('\n\n', at + line.length) ? 2 : 0;
      area.setRangeText(text, at, at + line.length + blank, 'preserve');
      changed();
    };

    const upload = async (file) => {
      if (file.size > MOST_BYTES) return say(window.words.pictureLarge);
      count += 1;
      const line = `${begun()}${count})]()`;
      running.add(line);
      insert(line);
      const body = new FormData();
      body.append('csrf_token', form.querySelector('[name="csrf_token"]').value);
      body.append('file', file, file.name);
      let problem = '';
      let markdown = '';
      try {
        const answer = await window.post('/media', body, { signal: AbortSignal.timeout(PATIENCE) });
        const found = await answer.json();
        if (answer.ok) markdown = found.markdown;
        else problem = found.detail || window.words.pictureFailed;
      } catch {
        problem = window.words.pictureFailed;
      }
      running.delete(line);
      exchange(line, markdown);
      /* What went wrong with one picture stays to be read when the next one succeeds. */
      if (problem || (status.textContent === window.words.pictureWait && !waiting())) say(problem);
      return undefined;
    };

    const take = (files) => {
      const chosen = [...files].filter((file) => file.type.startsWith('image/'));
      say(chosen.length < files.length ? window.words.pictureKind : '');
      chosen.forEach(upload);
      return chosen.length > 0;
    };

    /* Made once and held: one that nothing refers to may be gone before somebody has chosen. */
    const chooser = document.createElement('input');
    chooser.type = 'file';
    chooser.accept = 'image/png,image/jpeg,image/gif,image/webp';
    chooser.multiple = true;
    chooser.addEventListener('change', () => { area.focus(); take(chooser.files); });
    button.addEventListener('click', () => {
      chooser.value = '';
      chooser.click();
    });
    area.addEventListener('paste', (event) => {
      const data = event.clipboardData;
      if (!data || data.types.includes('text/plain')) return; /* office programs send a picture of the text as well */
      if (data.files.length && take(data.files)) event.preventDefault();
    });
    area.addEventListener('dragover', (event) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    });
    area.addEventListener('drop', (event) => {
      if (event.dataTransfer?.files.length) {
        event.preventDefault();
        take(event.dataTransfer.files);
      }
    });
    form.addEventListener('submit', (event) => {
      if (!waiting()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      say(window.words.pictureWait);
    }, true);
  });
})();
