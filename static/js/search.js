/* Similar threads: under a thread once they are in sight, and below a title while it is being typed. */
(() => {
  'use strict';
  const part = async (address) => (await window.pageAt(address)).page.querySelector('.similar-list');

  /* The link stands where there is no script; the list takes its place, or nothing does: the room stays even so, or a page
     at whose end somebody is would move under their hands. */
  document.querySelectorAll('[data-similar]').forEach((box) => {
    const watch = new IntersectionObserver(async (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      try {
        const list = await part(box.dataset.similar);
        if (list) box.querySelector('[data-similar-link]').replaceWith(list);
        else box.classList.add('is-void');
      } catch {
        /* The link stays. */
      }
    }, { rootMargin: '200px' });
    watch.observe(box);
  });

  document.querySelectorAll('[data-suggest]').forEach((box) => {
    const field = document.getElementById(box.dataset.suggestFor);
    const out = box.querySelector('[data-suggest-list]');
    if (!field || !out) return;
    const label = box.querySelector('[data-suggest-label]');
    const said = box.querySelector('[data-suggest-said]');
    /* Above what follows, not before it: what comes late pushes nothing away under the reader's hands. */
    box.classList.add('is-floating');
    box.tabIndex = -1;
    box.querySelector('[data-suggest-button]')?.remove();
    let timer = 0;
    let asked = '';
    const look = async () => {
      const title = field.value.trim();
      if (title === asked) return;
      asked = title;
      let list = null;
      if ([...title].length >= 10) {
        try {
          list = await part(`${box.dataset.suggest}?title=${encodeURIComponent(title)}`);
        } catch {
          /* Suggestions are an offer; writing goes on without them. */
        }
      }
      if (asked !== title) return;
      out.replaceChildren(...(list ? [list] : []));
      label.hidden = !list;
      said.textContent = list?.dataset.said || '';
      list?.querySelectorAll('a').forEach((link) => {
        const told = document.createElement('span');
        told.className = 'vh';
        told.textContent = ` (${window.words.newTab})`;
        link.append(told);
        link.target = '_blank';
      });
    };
    field.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(look, 400);
    });
    look();
  });
})();
