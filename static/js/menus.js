/* Menus are <details>: close them by a click elsewhere, Escape, or leaving them with Tab. Also: what a script alone adds to them, and copying. */
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

  /* Who points at a sign reads its name; and what only a script can do stands in a post's menu once it is opened. */
  document.addEventListener('pointerover', (event) => {
    const sign = event.target.closest?.('summary[aria-label]:not([title])');
    if (sign) sign.title = sign.ariaLabel;
  });
  document.addEventListener('click', (event) => {
    const menu = event.target.closest?.('.post-foot > .menu:last-of-type > summary')?.parentNode;
    if (!menu || menu.querySelector('[data-copy], .react')) return;
    const link = Object.assign(document.createElement('a'), { className: 'menu-item', href: menu.closest('.post').querySelector('.post-time').href });
    link.dataset.copy = '';
    link.append(window.icon('link'), window.words.copyLink);
    menu.querySelector('.menu-panel').prepend(link);
  }, true);

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
      window.tell(window.words.linkCopied);
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
      window.tell(window.words.copied);
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
