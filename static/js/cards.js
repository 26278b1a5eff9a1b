/* Who somebody is, beside their name as long as the pointer or the focus rests there (WCAG 2.2, 1.4.13): Escape ends it, the
   pointer may go into it, and it stays until both have left. Tab leads into it and on behind the name. A finger doesn't rest;
   there, and without script, the name is a link like others. */
(() => {
  'use strict';
  const main = document.getElementById('main');
  const PATIENCE = 500;
  const GRACE = 300;
  const kept = new Map();
  let card = null;
  let owner = null;
  let wanted = null;
  let refused = null; /* the name whose card was ended by Escape: not again before one has left it */
  let due = 0;
  let leaving = 0;

  const nameAt = (target) => {
    const face = target.closest?.('.post > .face');
    const link = face ? face.parentNode.querySelector('.post-author a') : target.closest?.('a[href^="/u/"]');
    if (!link || !main.contains(link) || card?.contains(link)) return null;
    return /^\/u\/[^/]+$/.test(link.pathname) && link.pathname !== location.pathname ? link : null;
  };

  const forget = () => {
    clearTimeout(due);
    wanted = null;
  };
  const stay = () => {
    clearTimeout(leaving);
    leaving = 0;
  };
  const hide = () => {
    forget();
    stay();
    if (!card) return;
    const link = owner;
    const hadFocus = card.contains(document.activeElement);
    card.remove();
    card = owner = null;
    link.removeAttribute('aria-describedby');
    if (hadFocus) link.focus({ preventScroll: true });
  };
  /* A button that was pressed by pointer has the focus, too: that alone keeps nothing open. */
  const isFocused = () => owner.matches(':focus-visible') || card.querySelector(':focus-visible');
  const leave = () => {
    forget();
    if (card && !leaving && !isFocused()) leaving = setTimeout(hide, GRACE);
  };

  const place = (link) => {
    const edge = 8;
    const at = link.getBoundingClientRect();
    const around = card.offsetParent.getBoundingClientRect();
    const { width, height } = card.getBoundingClientRect();
    const isBelow = at.bottom + height + edge <= innerHeight || at.top < height + edge;
    const left = Math.max(edge, Math.min(at.left, document.documentElement.clientWidth - width - edge));
    card.style.left = `${left - around.left}px`;
    card.style.top = `${(isBelow ? at.bottom + edge / 2 : at.top - height - edge / 2) - around.top}px`;
  };

  const show = async (link) => {
    const address = `${link.pathname}?part=card`;
    if (!kept.has(address)) {
      kept.set(address, fetch(address).then(async (answer) => {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.text();
      }));
    }
    let html;
    try {
      html = await kept.get(address);
    } catch {
      kept.delete(address);
      return;
    }
    const made = new DOMParser().parseFromString(html, 'text/html').querySelector('.person-card');
    if (wanted !== link || !link.isConnected || !made) return;
    hide();
    card = made;
    owner = link;
    card.id = 'person-card';
    card.addEventListener('submit', () => kept.delete(address), true);
    main.append(card);
    link.setAttribute('aria-describedby', 'person-card-facts');
    place(link);
  };

  const rest = (link) => {
    if (link === wanted || link === refused) return;
    forget();
    wanted = link;
    due = setTimeout(() => show(link), PATIENCE);
  };

  document.addEventListener('pointerover', (event) => {
    if (event.pointerType !== 'mouse') return;
    if (card?.contains(event.target)) {
      forget();
      stay();
      return;
    }
    const link = nameAt(event.target);
    if (link && link === owner) {
      forget();
      stay();
      return;
    }
    if (link !== refused && document.activeElement !== refused) refused = null;
    leave();
    if (link) rest(link);
  });
  document.documentElement.addEventListener('pointerleave', leave);

  document.addEventListener('focusin', ({ target }) => {
    if (card?.contains(target) || target === owner) {
      stay();
      return;
    }
    if (target !== refused) refused = null;
    forget();
    if (card && !card.matches(':hover') && !owner.matches(':hover')) hide();
    if (target.matches('a') && nameAt(target) && target.matches(':focus-visible')) rest(target);
  });

  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      refused = owner || wanted;
      hide();
    } else if (event.key === 'Tab' && card) {
      const stops = [...card.querySelectorAll('a, button')];
      const at = stops.indexOf(document.activeElement);
      if (document.activeElement === owner && !event.shiftKey) {
        event.preventDefault();
        stops[0].focus();
      } else if (at === 0 && event.shiftKey) {
        event.preventDefault();
        owner.focus();
      } else if (at === stops.length - 1 && !event.shiftKey) {
        owner.focus(); /* the browser goes on from there, to what follows the name */
      }
    }
  });
  document.addEventListener('renewed', () => { if (owner && !owner.isConnected) hide(); });
})();
