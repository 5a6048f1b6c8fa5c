import { h, uid } from '../core/dom.js';
import { offersFor } from './completion.js';

/**
 * The list above the composer. The text area stays focused; the list is told of keys first.
 * @param {import('../core/store.js').Store} store
 * @param {HTMLTextAreaElement} area
 */
export function completionList(store, area) {
  const listId = uid('completion');
  const node = h('div', { class: 'completion', hidden: true });
  /** @type {import('./completion.js').Offers | null} */
  let shown = null;
  let active = -1;

  function close() {
    shown = null;
    node.hidden = true;
    area.setAttribute('aria-expanded', 'false');
    area.removeAttribute('aria-activedescendant');
  }

  /** @param {number} index */
  function pick(index) {
    const offer = shown?.offers[index];
    if (!shown || !offer) return;
    const rest = area.value.slice(area.selectionStart);
    area.value = area.value.slice(0, shown.from) + offer.insert + rest.replace(/^\s+/, '');
    const caret = shown.from + offer.insert.length;
    area.setSelectionRange(caret, caret);
    area.focus();
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }

  function mark() {
    for (const [index, option] of node.querySelectorAll('[role=option]').entries()) {
      option.setAttribute('aria-selected', String(index === active));
      if (index !== active) continue;
      area.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    }
  }

  function update() {
    const found = offersFor(store, area.value, area.selectionStart);
    if (!found || (found.offers.length === 0 && !found.hint)) {
      close();
      return;
    }
    shown = found;
    active = found.preselect ? 0 : -1;
    node.hidden = false;
    area.setAttribute('aria-expanded', String(found.offers.length > 0));
    area.removeAttribute('aria-activedescendant');
    node.replaceChildren(
      ...(found.hint ? [h('div', { class: 'completion-hint' }, found.hint)] : []),
      h(
        'div',
        { role: 'listbox', id: listId, 'aria-label': 'Suggestions' },
        found.offers.map((offer, index) =>
          h(
            'div',
            {
              class: 'completion-option',
              role: 'option',
              id: `${listId}-${index}`,
              'aria-selected': 'false',
              onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
              onclick: () => pick(index),
            },
            h('span', { class: 'completion-label' }, offer.label),
            h('span', { class: 'muted' }, offer.detail),
          ),
        ),
      ),
    );
    mark();
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether the key was meant for the list */
  function key(event) {
    if (!shown) return false;
    const { length } = shown.offers;
    if (event.key === 'Escape') close();
    else if (length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      active = active < 0 && step < 0 ? length - 1 : (active + step + length) % length;
      mark();
    } else if (length > 0 && (event.key === 'Tab' || (event.key === 'Enter' && active >= 0)))
      pick(Math.max(0, active));
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  area.setAttribute('aria-autocomplete', 'list');
  area.setAttribute('aria-controls', listId);
  area.setAttribute('aria-expanded', 'false');
  area.addEventListener('input', update);
  area.addEventListener('click', update);
  area.addEventListener('blur', close);
  return { node, key, close };
}
