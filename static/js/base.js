/* What other scripts use; of the files in this folder it comes first. */
(() => {
  'use strict';
  /* As the macro `icon` draws it. */
  window.icon = (name, size = 18) => {
    const drawn = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const use = document.createElementNS(drawn.namespaceURI, 'use');
    Object.entries({ class: 'icon', width: size, height: size, 'aria-hidden': true }).forEach(([key, value]) => drawn.setAttribute(key, value));
    use.setAttribute('href', `${window.icons}#${name}`);
    drawn.append(use);
    return drawn;
  };
})();
