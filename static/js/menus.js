/* Menus are <details>: close them by a click elsewhere, Escape, or leaving them with Tab. Also: copying a permalink, or what is shown once. */
(() => {
  'use strict';
  const open = () => document.querySelectorAll('details.menu[open]');
  /* Not by a click, which Safari on a phone doesn't send from plain text. */
  document.addEventListener('pointerdown', (event) => {
    open().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener('focusin', (event) => {
    open().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    open().forEach((menu) => {
      menu.open = false;
      menu.querySelector('summary').focus();
    });
  });

  const toast = document.getElementById('toast');
  let timer = 0;
  window.tell = (text) => {
    if (!toast || !text) return;
    toast.textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => { toast.textContent = ''; }, 5000);
  };

  document.addEventListener('click', async (event) => {
    const link = event.target.closest?.('a[data-copy]');
    if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const menu = link.closest('details');
    if (menu) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
    try {
      await navigator.clipboard.writeText(link.href);
      window.tell(document.body.dataset.textCopied);
    } catch {
      window.goTo(link.href);
    }
  });

  document.addEventListener('click', async (event) => {
    const button = event.target.closest?.('button[data-copy]');
    if (!button) return;
    const shown = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(shown.innerText.trim());
      window.tell(button.dataset.copied);
    } catch { // not on every address: then it is chosen, to be copied by hand
      getSelection().selectAllChildren(shown);
    }
  });

  /* The places' drawer closes when one follows a link inside the same page. */
  const places = document.getElementById('places');
  places?.addEventListener('click', (event) => {
    if (event.target.closest('a') && places.matches(':popover-open')) places.hidePopover();
  });
})();
