/* Keys: ? shows them, / searches, j and k go through a list, r replies, l likes, g and a letter goes to a place.
   Never while something is being typed, and not at all where the reader has switched them off (WCAG 2.2, 2.1.4). */
(() => {
  'use strict';
  const ROWS = '.post[id], .talks > li, .ideas > li, .news > li, .people > li, .search-results ol > li, .desk-list .case';
  const PLACES = { h: '/', i: '/ideas', n: '/notifications', p: '/members', d: '/drafts', w: '/new', r: '/rules', m: '/moderation', a: '/admin' };
  const PATIENCE = 1500;
  let began = 0;
  /* Where the reader was last, by key, finger or pointer. */
  let row = null;
  ['focusin', 'pointerdown'].forEach((kind) => document.addEventListener(kind, (event) => { row = event.target.closest?.(ROWS) || row; }));

  /* A browser may forbid to keep anything: then the keys are on. */
  const kept = () => { try { return localStorage.getItem('keys'); } catch { return null; } };
  window.hasKeys = () => kept() !== 'off';

  const box = document.querySelector('[data-keys-switch]');
  if (box) {
    box.hidden = false;
    const input = box.querySelector('input');
    input.checked = window.hasKeys();
    input.addEventListener('change', () => {
      try { localStorage.setItem('keys', input.checked ? 'on' : 'off'); } catch { input.checked = true; }
    });
  }

  /* Reading what is kept takes a while the first time; the hint can wait for a quiet moment. */
  (window.requestIdleCallback || setTimeout)(() => {
    if (!window.hasKeys()) return;
    const hint = document.createElement('kbd');
    hint.setAttribute('aria-hidden', 'true');
    hint.textContent = '/';
    document.querySelector('.find')?.append(hint);
  });

  const step = (by) => {
    const rows = [...document.querySelectorAll(ROWS)].filter((one) => one.offsetParent);
    if (!rows.length) return;
    const here = rows.indexOf(row);
    const below = rows.findIndex((one) => one.getBoundingClientRect().bottom > 80);
    row = rows[here < 0 ? Math.max(0, below) : Math.min(rows.length - 1, Math.max(0, here + by))];
    const target = row.matches('a') ? row : row.querySelector('h2 a, h3 a, .news-text a') || row;
    if (row.matches('.post')) row.tabIndex = -1;
    (row.matches('.post') ? row : target).focus({ preventScroll: true });
    row.scrollIntoView({ block: row.matches('.post') ? 'start' : 'center' });
  };

  const chosen = () => (row?.isConnected && row.matches('.post') ? row : null);
  const post = () => chosen() || [...document.querySelectorAll('.post[id]')].find((one) => one.getBoundingClientRect().bottom > 80);

  const show = async () => {
    const old = document.getElementById('keys');
    if (old) {
      if (old.firstChild) old.showModal();
      return;
    }
    const dialog = document.createElement('dialog');
    dialog.id = 'keys';
    dialog.className = 'dialog';
    dialog.setAttribute('aria-labelledby', 'keys-title');
    document.body.append(dialog);
    try {
      const list = (await window.pageAt('/shortcuts')).page.querySelector('[data-keys-list]');
      list.querySelectorAll('[data-close], [data-keys-off]').forEach((part) => { part.hidden = false; });
      dialog.append(list);
    } catch {
      dialog.remove();
      window.failed();
      return;
    }
    /* A press beside it closes it; one that only ends there, as when text is chosen, doesn't. */
    let isBeside = false;
    dialog.addEventListener('pointerdown', ({ clientX, clientY }) => {
      const { left, right, top, bottom } = dialog.getBoundingClientRect();
      isBeside = clientX < left || clientX > right || clientY < top || clientY > bottom;
    });
    dialog.addEventListener('click', (event) => {
      if (isBeside || event.target.closest('[data-close]')) dialog.close();
      isBeside = false;
    });
    dialog.showModal();
  };

  const ACTS = {
    '?': show,
    '/': () => {
      const field = [...document.querySelectorAll('#q, #find')].find((one) => one.offsetParent);
      if (field) field.focus();
      else location.href = '/search';
    },
    j: () => step(1),
    k: () => step(-1),
    r: () => {
      const own = chosen()?.querySelector('.post-foot a[href$="#reply"]');
      if (own) own.click();
      else document.querySelector('#reply textarea')?.focus({ preventScroll: true });
    },
    l: () => post()?.querySelector('.react[value="like"]')?.click(),
    g: () => { began = Date.now(); },
  };

  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest('input, textarea, select, [contenteditable], dialog') || !window.hasKeys()) return;
    const place = Date.now() - began < PATIENCE && PLACES[event.key];
    began = 0;
    if (place) location.href = place;
    else if (ACTS[event.key]) ACTS[event.key]();
    else return;
    event.preventDefault();
  });
})();
