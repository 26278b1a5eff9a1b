/* The composer: tools, Ctrl+Enter, a counter, the draft that is kept, and no text lost by leaving or sending twice. */
(() => {
  'use strict';
  const INLINE = { bold: ['**', '**'], italic: ['_', '_'], code: ['`', '`'] };
  const PREFIX = { quote: '> ', list: '- ' };
  const TOOLS = { bold: 'bold', italic: 'italic', quote: 'quote', link: 'link', code: 'code', list: 'list', picture: 'image' };

  /* Replaces the selection so that the browser's own undo still works. */
  const put = (area, text) => {
    area.focus({ preventScroll: true });
    if (!document.execCommand('insertText', false, text)) area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
    area.dispatchEvent(new Event('input', { bubbles: true }));
  };

  /* What parts a new paragraph from what stands before the cursor. */
  window.gap = (area) => {
    const before = area.value.slice(0, area.selectionStart);
    return !before || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n';
  };

  const apply = (area, button) => {
    const tool = button.dataset.tool;
    const from = area.selectionStart;
    const chosen = area.value.slice(from, area.selectionEnd);
    if (INLINE[tool]) {
      let [before, after] = INLINE[tool];
      if (tool === 'code' && chosen.includes('\n')) [before, after] = ['```\n', '\n```'];
      put(area, before + chosen + after);
      area.setSelectionRange(from + before.length, from + before.length + chosen.length);
    } else if (PREFIX[tool]) {
      const start = area.value.lastIndexOf('\n', from - 1) + 1;
      area.setSelectionRange(start, area.selectionEnd);
      put(area, area.value.slice(start, area.selectionEnd).split('\n').map((line) => PREFIX[tool] + line).join('\n'));
    } else if (tool === 'link') {
      const isAddress = /^https?:\/\/\S+$/.test(chosen);
      const label = isAddress || !chosen ? window.words.linkText : chosen;
      const address = isAddress ? chosen : 'https://';
      put(area, `[${label}](${address})`);
      const at = isAddress ? from + 1 : from + label.length + 3;
      area.setSelectionRange(at, at + (isAddress ? label.length : address.length));
    }
  };

  const tools = (box, area) => {
    const bar = Object.assign(document.createElement('div'), { className: 'tools', role: 'toolbar', ariaLabel: window.words.formatting });
    const buttons = Object.entries(TOOLS).map(([name, sign], index) => {
      const button = Object.assign(document.createElement('button'), { type: 'button', title: window.words[name], ariaLabel: window.words[name], tabIndex: index ? -1 : 0 });
      button.dataset.tool = name;
      button.append(window.icon(sign));
      return button;
    });
    bar.append(...buttons);
    box.querySelector('.composer-foot').prepend(bar);
    bar.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      if (button) apply(area, button);
    });
    bar.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const now = buttons.indexOf(document.activeElement);
      const next = buttons[(now + step + buttons.length) % buttons.length];
      buttons[now].tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    });
  };

  const counter = (area) => {
    const limit = Number(area.dataset.counter);
    const out = area.closest('.composer, .field').querySelector('.counter');
    const written = (number) => number.toLocaleString(document.documentElement.lang);
    const show = () => {
      const count = [...area.value].length;
      out.textContent = window.words.counter.replace('{count}', written(count)).replace('{limit}', written(limit));
      out.classList.toggle('near', count > limit * 0.8);
      out.classList.toggle('over', count > limit);
    };
    area.addEventListener('input', show);
    show();
  };
  document.querySelectorAll('[data-counter]').forEach(counter);

  document.querySelectorAll('.composer').forEach((box) => {
    const area = box.querySelector('textarea');
    const form = box.closest('form');
    if (!area || !form) return;
    const status = box.querySelector('.composer-status');
    const url = box.dataset.draftUrl;
    let typed = false;
    let sending = false;
    let isUnsaved = false;
    let timer = 0;
    let running = null;
    tools(box, area);

    /* Asked only while something would be lost: a page with such a question is not kept for those who come back. */
    const ask = (event) => { if (!sending && area.value.trim()) event.preventDefault(); };
    const note = (isTyped) => {
      typed = isTyped;
      window[isTyped ? 'addEventListener' : 'removeEventListener']('beforeunload', ask);
    };
    /* That a draft is kept is for the eyes; only that it isn't is also said, once. */
    const say = (text) => { status.textContent = text; };
    const save = () => {
      clearTimeout(timer);
      timer = 0;
      if (!url || !typed || sending) return;
      const body = new URLSearchParams(new FormData(form));
      body.set(area.name, window.withoutPictures(box));
      running?.abort();
      running = new AbortController();
      note(false);
      say(window.words.saving);
      window.post(url, body, { signal: running.signal, keepalive: body.toString().length < 60000 }).then((answer) => {
        if (!answer.ok) throw new Error(String(answer.status));
        isUnsaved = false;
        say(typed ? '' : window.words.saved);
      }).catch((error) => {
        if (error.name === 'AbortError') return;
        note(true);
        say(window.words.unsaved);
        if (!isUnsaved) window.tell(window.words.unsaved);
        isUnsaved = true;
      });
    };

    form.addEventListener('input', () => {
      note(true);
      say('');
      clearTimeout(timer);
      if (url) timer = setTimeout(save, 1500);
    });
    document.addEventListener('visibilitychange', () => { if (document.hidden && typed) save(); });
    area.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        form.requestSubmit(box.querySelector('.btn.main'));
      }
    });
    form.addEventListener('submit', () => {
      sending = true;
      clearTimeout(timer);
      running?.abort();
    });
    window.addEventListener('pageshow', () => { sending = false; });
  });

  /* Whom one answers is named above the box; without script the link's page names them. */
  const answering = (link) => {
    const post = link.closest('.post');
    const [box, said] = document.querySelectorAll('#reply-to, [for="reply-to"]');
    box.value = post.id.slice(1);
    box.checked = true;
    said.textContent = window.words.answering.replace('{whom}', `${post.querySelector('.post-author').textContent.trim()} · ${box.value}`);
    said.parentNode.hidden = false;
  };

  /* Quoting: without script the link loads the page with the quote in the box; with it the quote lands at the cursor. */
  document.addEventListener('click', async (event) => {
    const link = event.target.closest?.('a[data-quote]');
    const area = document.querySelector('.composer textarea');
    if (!link || !area || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    link.closest('details')?.removeAttribute('open');
    try {
      const answer = await fetch(link.href.split('#')[0], { headers: { Accept: 'application/json' } });
      if (!answer.ok) throw new Error(String(answer.status));
      const { markdown } = await answer.json();
      put(area, `${window.gap(area)}${markdown.trimEnd()}\n\n`);
      answering(link);
    } catch {
      window.goTo(link.href);
    }
  });

  /* On a phone the keyboard leaves little room. A rule with :has() would make the browser look at the whole page anew with
     each part that a script adds. The bar stays away, and the composer where it is, while one of its buttons is pressed:
     what moves between pressing and letting go is not pressed at all. */
  const bottom = document.querySelector('.bottom');
  const isWriting = (element) => Boolean(element?.closest('form')?.querySelector('.composer'));
  const makeRoom = (element) => { if (bottom) bottom.hidden = isWriting(element); };
  document.addEventListener('focusin', (event) => makeRoom(event.target));
  document.addEventListener('focusout', (event) => makeRoom(event.relatedTarget));
  document.addEventListener('mousedown', (event) => {
    const button = event.target.closest('button');
    if (isWriting(button) && isWriting(document.activeElement)) event.preventDefault();
  });
})();
