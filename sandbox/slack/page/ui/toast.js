import { h } from '../core/dom.js';

const SHOWN_MS = 8_000;

/** A short note at the foot of the page, read out by assistive software. @param {string} text */
export function toast(text) {
  const layer = /** @type {HTMLElement} */ (document.getElementById('layer'));
  let stack = layer.querySelector('.toasts');
  if (!stack) {
    stack = h('div', { class: 'toasts' });
    layer.append(stack);
  }
  const note = h('div', { class: 'toast', role: 'alert' }, text);
  note.append(
    h(
      'button',
      { type: 'button', class: 'toast-close', 'aria-label': 'Dismiss', onclick: () => note.remove() },
      '×',
    ),
  );
  stack.append(note);
  setTimeout(() => note.remove(), SHOWN_MS);
}
