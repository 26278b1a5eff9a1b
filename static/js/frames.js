/* A frame shows that the focus is within it: no selector tells that the document of a frame has it. */
(() => {
  'use strict';
  const mark = () => document.querySelectorAll('iframe').forEach((frame) => {
    frame.classList.toggle('has-focus', frame === document.activeElement);
  });
  /* Where the focus goes, some browsers know at once and others only after it has gone. */
  ['blur', 'focus'].forEach((kind) => window.addEventListener(kind, () => {
    mark();
    setTimeout(mark);
  }));
})();
