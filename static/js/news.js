/* News on an open page: new posts of its thread, notifications, open cases, requests to join. Asked while the page can be seen, less and less
   often, and at once when one comes back to it. */
(() => {
  'use strict';
  const SOON = 30;
  const LATE = 300;
  const MOST_FAILURES = 3;
  const HOURS = 3;
  const bar = () => document.querySelector('.thread-bar');
  if (!bar() && !document.querySelector('.bell')) return;
  let asked = 0;
  let over = 0;
  let pause = 0;
  let failures = 0;
  let timer = 0;
  /* What the page says now: reading all of it changes the number as well. */
  const unread = () => {
    const sign = document.querySelector('[data-count="unread"]');
    return !sign || sign.hidden ? '' : sign.firstChild.data;
  };
  const entitle = (number) => { document.title = (number ? `(${number}) ` : '') + document.title.replace(/^\(\d+\+?\) /, ''); };

  const show = (news) => {
    if (parseInt(news.unread, 10) > (parseInt(unread(), 10) || 0)) window.tell(news.told);
    entitle(news.unread || news.posts);
    window.count('unread', news.unread);
    window.count('cases', news.cases);
    window.count('requests', news.requests);
    const status = document.querySelector('.thread-news');
    if (!status || status.textContent === (news.words || '')) return;
    if (!news.posts) {
      status.replaceChildren();
      return;
    }
    /* The same link as before, for it may have the focus. */
    const link = status.querySelector('a') || document.createElement('a');
    link.className = 'btn small';
    link.href = news.place;
    link.textContent = news.words;
    if (!link.parentNode) status.append(link);
  };
  /* After what has been renewed got its own title. */
  document.addEventListener('renewed', () => queueMicrotask(() => {
    if (!document.querySelector('.thread-news a')) entitle(unread());
  }));

  const ask = async () => {
    asked = Date.now();
    const thread = bar()?.dataset;
    const query = thread ? `?thread=${thread.thread}&after=${thread.after}` : '';
    try {
      const answer = await fetch(`/news${query}`, { headers: { Accept: 'application/json' }, cache: 'no-cache', redirect: 'error' });
      if (!answer.ok) throw new Error(String(answer.status));
      const news = await answer.json();
      if (thread?.after === bar()?.dataset.after) show(news);
      failures = 0;
    } catch {
      failures += 1;
    }
  };
  const wait = () => {
    clearTimeout(timer);
    if (document.hidden || failures >= MOST_FAILURES || Date.now() > over) return;
    timer = setTimeout(async () => {
      await ask();
      pause = Math.min(pause * 1.5, LATE);
      wait();
    }, pause * (800 + 400 * Math.random()));
  };
  const begin = () => {
    pause = SOON;
    failures = 0;
    over = Date.now() + HOURS * 3600000;
    wait();
  };
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && Date.now() - asked > 5000) ask();
    begin();
  });
  begin();
})();
