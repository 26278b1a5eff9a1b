/* What changes in place: parts of a page (data-part) are exchanged by the same parts of the page that a plain link or form
   would have led to. Where anything fails, the browser goes there. */
(() => {
  'use strict';
  const part = (name, page = document) => page.querySelector(`[data-part="${name}"]`);
  window.parsed = async (answer) => new DOMParser().parseFromString(await answer.text(), 'text/html');

  /* Whoever has pressed a link that leads away goes there, whatever becomes of what was under way: some browsers break it
     off at once, which is no failure. */
  let isLeaving = false;
  window.goTo = (address) => { if (!isLeaving) location.href = address; };
  window.failed = () => { if (!isLeaving) window.tell(window.words.failed); };
  window.addEventListener('pageshow', () => { isLeaving = false; });

  /* Another page of this site, and the address it was found at: of the same thread or list, for what has moved stands under
     a heading of its own. */
  const subject = (address) => new URL(address, location).pathname.split('/', 3).join('/');
  window.pageAt = async (address) => {
    const answer = await fetch(address, { headers: { Accept: 'text/html' } });
    if (!answer.ok || subject(answer.url) !== subject(address)) throw new Error(String(answer.status));
    return { page: await window.parsed(answer), address: answer.url };
  };

  /* Sends something beside the page, with the token among what is sent; a script's answer comes back. */
  window.post = (address, body, more) => fetch(address, { method: 'POST', body, headers: { Accept: 'application/json' }, ...more });

  /* Sends a form by one of its buttons, which shows that it waits; once at a time. What is refused or lost is told.
     Returns what came as JSON or, for a form that exchanges parts, the page that it led to. Where one was signed out
     meanwhile, the form is sent plainly, to the page that asks back: a refused form did nothing and may be sent again. */
  window.sendForm = async (form, button, isPage) => {
    if (button.ariaBusy) return null;
    button.ariaBusy = 'true';
    try {
      const answer = await window.post(button.hasAttribute('formaction') ? button.formAction : form.action, new URLSearchParams(new FormData(form, button)), {
        ...(isPage && { headers: { Accept: 'text/html' } }),
        signal: AbortSignal.timeout(30000),
      });
      const news = isPage ? { page: await window.parsed(answer), address: answer.url } : await answer.json();
      if (answer.ok) return news;
      if (news.code === 'csrf' || news.page?.querySelector('#again')) {
        button.ariaBusy = null;
        form.dataset.plain = '1';
        form.requestSubmit(button);
        return null;
      }
      window.tell(news.page?.querySelector('.trouble p')?.textContent || news.detail || window.words.failed);
    } catch {
      window.failed();
    } finally {
      button.ariaBusy = null;
    }
    return null;
  };

  /* The numbers beside signs in the frame. */
  window.count = (name, text) => document.querySelectorAll(`[data-count="${name}"]`).forEach((sign) => {
    sign.hidden = !text;
    sign.firstChild.data = text || 0;
  });

  /* Exchanges parts, the first of which must be there; the focus stays on what has taken the place of what had it. */
  const renew = (page, names) => {
    if (!part(names[0]) || !part(names[0], page)) return false;
    names.forEach((name) => {
      const old = part(name);
      const now = part(name, page);
      if (!old || !now) return;
      const had = old.contains(document.activeElement) && document.activeElement;
      old.replaceWith(now);
      if (!had) return;
      if (had.form) (now.querySelector(`form[action="${had.form.getAttribute('action')}"] button`) || now.querySelector('form button'))?.focus({ preventScroll: true });
      if (!now.contains(document.activeElement)) {
        now.tabIndex = -1;
        now.focus({ preventScroll: true });
      }
    });
    page.querySelectorAll('[data-count]').forEach((sign) => window.count(sign.dataset.count, sign.hidden ? '' : sign.firstChild.data));
    document.dispatchEvent(new Event('renewed'));
    return true;
  };

  document.addEventListener('submit', async (event) => {
    const form = event.target;
    if (!form.dataset.live || form.dataset.plain) return;
    event.preventDefault();
    const news = await window.sendForm(form, event.submitter || form.querySelector('button'), true);
    if (!news) return;
    if (renew(news.page, form.dataset.live.split(' '))) window.tell(news.page.querySelector('.banner[role="status"]')?.textContent.trim());
    else window.goTo(news.address);
  }, true);

  /* Pages of lists and threads. The address, the title and the place in the page are as after a plain link. Where one was on
     a page is kept with its address, and with its entry in the history for the day this script starts anew. */
  const tops = {};
  let shown = location.pathname + location.search;
  let asked = 0;
  const turn = async (address, mark, top) => {
    const mine = ++asked;
    const old = part('page');
    old.ariaBusy = 'true';
    try {
      const found = await window.pageAt(address);
      if (mine !== asked) return;
      if (!renew(found.page, ['page', 'bar', 'scrub'])) throw new Error('another page');
      if (top === undefined) {
        tops[shown] = scrollY;
        history.replaceState({ top: scrollY }, '');
        history.pushState(null, '', found.address + mark);
      }
      shown = location.pathname + location.search;
      document.title = found.page.title;
      const now = (mark && document.querySelector(mark)) || part('page');
      now.tabIndex = -1;
      if (now === part('page')) {
        now.role = 'group';
        now.ariaLabel = document.title;
      }
      now.focus({ preventScroll: true });
      if (top > 0) scrollTo(0, top);
      else now.scrollIntoView();
    } catch {
      if (mine !== asked || isLeaving) return;
      /* Back at an address, it isn't enough to go there: with a mark in it, one would stay where one is. */
      if (top === undefined) location.href = address;
      else location.reload();
    }
  };
  window.addEventListener('popstate', (event) => {
    const address = location.pathname + location.search;
    if (address === shown) return;
    tops[shown] = scrollY;
    turn(location.href, location.hash, tops[address] ?? event.state?.top ?? null);
  });

  /* New posts join those that are there; neither the place in the page nor what is being typed moves. */
  const join = async (link, bar) => {
    const last = document.getElementById(`p${bar.dataset.after}`);
    const { page } = await window.pageAt(link.href);
    const posts = [];
    for (let next = page.getElementById(last.id)?.nextElementSibling; next; next = next.nextElementSibling) posts.push(next);
    if (!posts.length) throw new Error('another page');
    last.parentNode.append(...posts);
    const newest = posts.at(-1);
    renew(page, ['bar', 'pages', 'scrub']);
    part('bar').dataset.after = newest.id.slice(1);
    const first = posts.find((one) => one.id[0] === 'p');
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
  };

  document.addEventListener('click', async (event) => {
    const link = event.target.closest?.('a[href]');
    isLeaving = false;
    if (!link || link.matches('[data-copy]') || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link.target) return;
    const bar = part('bar');
    const number = bar && link.origin === location.origin && link.pathname.match(/^(\/\w+\/\d+\/[^/]+)\/(\d+)$/);
    const mark = number && location.pathname === number[1] ? `#p${number[2]}` : '';
    if (link.matches('.thread-news a') && document.getElementById(`p${bar.dataset.after}`)) {
      event.preventDefault();
      if (link.ariaBusy) return;
      link.ariaBusy = 'true';
      try { await join(link, bar); } catch { window.goTo(link.href); } finally { link.ariaBusy = null; }
    } else if (mark && document.querySelector(mark)) {
      event.preventDefault();
      location.href = mark; /* an equal hash would lead nowhere */
    } else if (part('page') && (mark || link.matches('[data-part="page"] .pages a'))) {
      event.preventDefault();
      turn(link.href, mark || link.hash);
    } else if (link.getAttribute('href') === '#reply') {
      /* The composer stays in view by itself as long as one writes in it: what one answers needn't go. */
      event.preventDefault();
      document.querySelector('#reply textarea').focus({ preventScroll: true });
    } else {
      isLeaving = link.protocol.startsWith('http') && link.href.split('#')[0] !== location.href.split('#')[0];
    }
  });

  /* Where one is in the thread: the post that crosses a line two fifths down. */
  const here = new IntersectionObserver((entries) => entries.forEach(({ isIntersecting, target }) => {
    if (!isIntersecting || !target.isConnected) return;
    const number = target.id.slice(1);
    document.querySelectorAll('[data-at]').forEach((place) => { place.textContent = number < 1000 ? number : Number(number).toLocaleString(document.documentElement.lang); });
    document.querySelectorAll('[data-upto]').forEach((rail) => rail.setAttribute(rail.dataset.upto, number));
  }), { rootMargin: '-40% 0px -59%' });
  const watch = () => document.querySelectorAll('.post[id]').forEach((post) => here.observe(post));
  document.addEventListener('renewed', watch);
  if (part('bar')) watch();
})();
