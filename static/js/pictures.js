/* Pictures in the composer: chosen, pasted or dropped; a line stands for each until it is uploaded. */
(() => {
  'use strict';
  const PATIENCE = 120000;
  const begun = (box) => `![${box.dataset.textPictureRunning} (`;
  /* The text as it is kept as a draft: a line of a picture that is on its way would stand there for ever. */
  window.withoutPictures = (box) => box.querySelector('textarea').value.split('\n').filter((line) => !line.startsWith(begun(box))).join('\n');

  document.querySelectorAll('.composer[data-picture-url]').forEach((box) => {
    const area = box.querySelector('textarea');
    const form = box.closest('form');
    const button = box.querySelector('[data-tool="picture"]');
    if (!area || !form || !button) return;
    const words = box.dataset;
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
      if (file.size > Number(words.pictureLimit)) return say(words.textPictureLarge);
      count += 1;
      const line = `${begun(box)}${count})]()`;
      running.add(line);
      insert(line);
      const body = new FormData();
      body.append('csrf_token', form.querySelector('[name="csrf_token"]').value);
      body.append('file', file, file.name);
      let problem = '';
      let markdown = '';
      try {
        const answer = await window.post(words.pictureUrl, body, { signal: AbortSignal.timeout(PATIENCE) });
        const found = await answer.json();
        if (answer.ok) markdown = found.markdown;
        else problem = found.detail || words.textPictureFailed;
      } catch {
        problem = words.textPictureFailed;
      }
      running.delete(line);
      exchange(line, markdown);
      /* What went wrong with one picture stays to be read when the next one succeeds. */
      if (problem || (status.textContent === words.textPictureWait && !waiting())) say(problem);
      return undefined;
    };

    const take = (files) => {
      const chosen = [...files].filter((file) => file.type.startsWith('image/'));
      say(chosen.length < files.length ? words.textPictureKind : '');
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
      say(words.textPictureWait);
    }, true);
  });
})();
