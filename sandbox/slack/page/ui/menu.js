import { h } from '../core/dom.js';
import { openPopup } from './popup.js';

/**
 * A menu of actions under a button, as ARIA describes it: arrows move, Enter picks, Escape gives the focus back.
 * @typedef {{ label: import('../core/dom.js').Child, detail?: import('../core/dom.js').Child, danger?: boolean, pick: () => void } | { heading: string }} Item
 */

/** @param {HTMLElement} menu @param {number} step */
function move(menu, step) {
  const items = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll('[role=menuitem]')]);
  const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  items[(at + step + items.length) % items.length]?.focus();
}

/**
 * @param {HTMLElement} anchor
 * @param {string} label
 * @param {Item[]} items
 * @param {{ align?: 'start' | 'end', above?: boolean }} [how]
 */
export function openMenu(anchor, label, items, how = {}) {
  const menu = h(
    'div',
    { class: 'menu', role: 'menu', 'aria-label': label },
    items.map((item) => {
      if ('heading' in item) return h('div', { class: 'menu-heading', role: 'presentation' }, item.heading);
      return h(
        'button',
        {
          type: 'button',
          role: 'menuitem',
          class: item.danger ? 'menu-item menu-danger' : 'menu-item',
          tabindex: -1,
          onclick: () => {
            popup.close();
            item.pick();
          },
        },
        h('span', null, item.label),
        item.detail && h('span', { class: 'menu-detail' }, item.detail),
      );
    }),
  );
  const popup = openPopup(menu, anchor, {
    ...how,
    closed: () => {
      anchor.setAttribute('aria-expanded', 'false');
      anchor.focus();
    },
  });
  anchor.setAttribute('aria-expanded', 'true');
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') move(menu, 1);
    else if (event.key === 'ArrowUp') move(menu, -1);
    else if (event.key === 'Escape' || event.key === 'Tab') popup.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  move(menu, 1);
}
