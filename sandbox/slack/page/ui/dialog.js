import { h } from '../core/dom.js';

/** A layer over the page that keeps the focus inside and gives it back when it closes. */

const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), [tabindex="0"]';

const layer = () => /** @type {HTMLElement} */ (document.getElementById('layer'));

/** @param {HTMLElement} root @returns {HTMLElement[]} */
const focusables = (root) =>
  /** @type {HTMLElement[]} */ ([...root.querySelectorAll(FOCUSABLE)]).filter(
    (node) => node.offsetParent !== null,
  );

/** @param {HTMLElement} panel */
export function focusFirst(panel) {
  const wanted = panel.querySelector('[data-autofocus]');
  const field = panel.querySelector('.modal-body input, .modal-body textarea, .modal-body select');
  const target = wanted ?? field ?? focusables(panel)[0] ?? panel;
  if (target instanceof HTMLElement) target.focus();
}

/** @param {KeyboardEvent} event @param {HTMLElement} panel */
function keepInside(event, panel) {
  const all = focusables(panel);
  const first = all[0];
  const last = all.at(-1);
  if (event.shiftKey && document.activeElement === first) {
    event.preventDefault();
    last?.focus();
  } else if (!event.shiftKey && document.activeElement === last) {
    event.preventDefault();
    first?.focus();
  }
}

/**
 * @param {HTMLElement} panel
 * @param {{ opener?: Element | null, escape: () => void }} how
 */
export function openDialog(panel, how) {
  const opener = how.opener ?? document.activeElement;
  const backdrop = h('div', { class: 'backdrop' }, panel);
  panel.setAttribute('tabindex', '-1');
  backdrop.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) {
      event.preventDefault();
      event.stopPropagation();
      how.escape();
    }
    if (event.key === 'Tab') keepInside(event, panel);
  });
  layer().append(backdrop);
  focusFirst(panel);
  return {
    backdrop,
    close() {
      backdrop.remove();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    },
  };
}
