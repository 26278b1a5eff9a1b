/* Times come absolute in the page (the same for every reader); here they become "8 minutes ago". The absolute one stays: as title, and for those who listen. */
(() => {
  'use strict';
  const ours = window.words.times;
  const form = new Intl.PluralRules(document.documentElement.lang || 'en');
  const words = (count, unit) => {
    const far = Math.abs(count);
    const forms = ours[unit][count < 0 ? 'past' : 'future'];
    return (forms[form.select(far)] || forms.other).replace('{}', far);
  };
  const STEPS = [['minute', 60, 3600], ['hour', 3600, 86400], ['day', 86400, 14 * 86400]];
  const show = () => {
    document.querySelectorAll('time[data-relative]').forEach((time) => {
      const seconds = (new Date(time.dateTime) - Date.now()) / 1000;
      if (!time.title) time.title = time.textContent.trim();
      const step = STEPS.find(([, , upTo]) => Math.abs(seconds) < upTo);
      let text = time.title;
      if (step) text = Math.abs(seconds) < 45 ? ours.now : words(Math.round(seconds / step[1]) || -1, step[0]);
      if (time.firstChild.data === text) return;
      time.textContent = text;
      if (!step) return;
      const exact = document.createElement('span');
      exact.className = 'vh';
      exact.textContent = ` (${time.title})`;
      time.append(exact);
    });
  };
  show();
  document.addEventListener('renewed', show);
  setInterval(() => { if (!document.hidden) show(); }, 60000);
})();
