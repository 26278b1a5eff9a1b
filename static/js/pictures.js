/* Pictures in the composer: chosen, pasted or dropped; a line stands for each until it is uploaded. */
(() => {
  'use strict';
  document.querySelectorAll('.composer[data-picture-url]').forEach((box) => {
    const area = box.querySelector('textarea');
    const form = box.closest('form');
    const button = box.querySelector('[data-tool="picture"]');
    if (!area || !form || !button) return;
    const words = box.dataset;
    const status = box.querySelector('.composer-status');
    let running = 0;
    let count = 0;

    const say = (text) => { if (status) status.textContent = text; };
    const changed = () => area.dispatchEvent(new Event('input', { bubbles: true }));

    const insert = (line) => {
      const at = area.selectionStart;
      const before = area.value.slice(0, at);
      const gap = !before || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n';
      area.setRangeText(`${gap}${line}\n\n`, at, area.selectionEnd, 'end');
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
      running += 1;
      const line = `![${words.textPictureRunning} (${count})]()`;
      insert(line);
      const body = new FormData();
      body.append('file', file, file.name);
      let problem = '';
      let markdown = '';
      try {
        const answer = await fetch(words.pictureUrl, {
          method: 'POST',
          body,
          headers: { 'X-CSRFToken': form.querySelector('[name="csrf_token"]')?.value || '', Accept: 'application/json' },
          credentials: 'same-origin',
        });
        const found = await answer.json();
        if (answer.ok) markdown = found.markdown;
        else problem = found.detail || words.textPictureFailed;
      } catch {
        problem = words.textPictureFailed;
      }
      running -= 1;
      exchange(line, markdown);
      say(problem);
    };

    const take = (files) => {
      const chosen = [...files].filter((file) => file.type.startsWith('image/'));
      chosen.forEach(upload);
      return chosen.length > 0;
    };

    button.addEventListener('click', () => {
      const chooser = document.createElement('input');
      chooser.type = 'file';
      chooser.accept = 'image/png,image/jpeg,image/gif,image/webp';
      chooser.multiple = true;
      chooser.addEventListener('change', () => { area.focus(); take(chooser.files); });
      chooser.click();
    });
    area.addEventListener('paste', (event) => {
      const data = event.clipboardData;
      if (!data || data.types.includes('text/plain')) return; /* office programs send a picture of the text as well */
      if (take(data.files)) event.preventDefault();
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
      if (!running) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      say(words.textPictureWait);
    }, true);
  });
})();
