/* The look's preview follows colour and corners while they are being chosen. */
(() => {
  'use strict';
  const sheet = document.querySelector('[data-preview]');
  const form = document.getElementById('look');
  if (!sheet || !form) return;
  const field = form.querySelector('[name="brand_colour"]');
  const picker = form.querySelector('[data-picker]');
  /* Gone, not hidden: Enter in a field presses a form's first button. */
  form.querySelector('[data-preview-button]').remove();
  picker.hidden = false;
  let due;
  form.addEventListener('input', (event) => {
    if (event.target.name === 'style') return;
    if (event.target === picker) field.value = picker.value;
    const colour = field.value.trim().toLowerCase();
    if (/^#[0-9a-f]{6}$/.test(colour)) picker.value = colour;
    else return;
    clearTimeout(due);
    due = setTimeout(() => {
      const corners = new FormData(form).get('corners');
      if (corners) sheet.href = `${sheet.href.split('?')[0]}?${new URLSearchParams({ colour, corners })}`;
    }, 120);
  });
})();
