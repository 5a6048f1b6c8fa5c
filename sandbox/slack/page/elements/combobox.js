import { h, uid } from '../core/dom.js';
import { openPopup } from '../ui/popup.js';

/**
 * A field with a list below it, as ARIA's combobox pattern describes it. All select menus are made of it.
 * @typedef {{ id: string, label: () => import('../core/dom.js').Child, detail?: () => import('../core/dom.js').Child, selected?: boolean, group?: string }} Row
 */

/**
 * @param {object} how
 * @param {HTMLInputElement} how.input
 * @param {HTMLElement} how.anchor
 * @param {(query: string) => Promise<Row[] | { note: string }> | Row[] | { note: string }} how.rows
 * @param {(row: Row) => void} how.pick
 * @param {() => void} [how.closed]
 * @param {boolean} [how.stay] whether the list stays open after a pick
 */
export function combobox(how) {
  const { input } = how;
  const listId = uid('list');
  /** @type {ReturnType<typeof openPopup> | null} */
  let popup = null;
  /** @type {Row[]} */
  let rows = [];
  let active = 0;
  let asked = 0;
  const list = h('div', { class: 'listbox', role: 'listbox', id: listId, 'aria-label': 'Options' });

  function mark() {
    for (const [index, node] of list.querySelectorAll('[role=option]').entries()) {
      node.classList.toggle('active', index === active);
      if (index === active) {
        input.setAttribute('aria-activedescendant', node.id);
        node.scrollIntoView({ block: 'nearest' });
      }
    }
  }

  /** @param {Row} row @param {number} index */
  function option(row, index) {
    return h(
      'div',
      {
        class: 'option',
        role: 'option',
        id: `${listId}-${index}`,
        'aria-selected': String(row.selected ?? false),
        onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
        onclick: () => choose(row),
      },
      h('span', { class: 'option-label' }, row.label()),
      row.detail && h('span', { class: 'option-detail' }, row.detail()),
    );
  }

  /** @param {string} text */
  function note(text) {
    rows = [];
    input.removeAttribute('aria-activedescendant');
    list.replaceChildren(h('div', { class: 'listbox-note', role: 'status' }, text));
    popup?.place();
  }

  async function fill() {
    asked += 1;
    const mine = asked;
    const query = input.readOnly ? '' : input.value.trim();
    const promised = how.rows(query);
    if (promised instanceof Promise) note('Loading…');
    const result = await promised;
    if (mine !== asked || !popup) return;
    if ('note' in result) {
      note(result.note);
      return;
    }
    rows = result;
    if (rows.length === 0) {
      note('No results');
      return;
    }
    let group = '';
    list.replaceChildren();
    for (const [index, row] of rows.entries()) {
      if (row.group && row.group !== group)
        list.append(h('div', { class: 'option-group', role: 'presentation' }, row.group));
      group = row.group ?? '';
      list.append(option(row, index));
    }
    active = Math.max(
      0,
      rows.findIndex((row) => row.selected),
    );
    popup.place();
    mark();
  }

  function open() {
    if (popup) return;
    popup = openPopup(list, how.anchor, { match: true, closed });
    input.setAttribute('aria-expanded', 'true');
    void fill();
  }

  function closed() {
    popup = null;
    asked += 1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
    how.closed?.();
  }

  /** @param {Row} row */
  function choose(row) {
    how.pick(row);
    if (how.stay) void fill();
    else popup?.close();
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!popup) open();
      else active = (active + (event.key === 'ArrowDown' ? 1 : -1) + rows.length) % Math.max(1, rows.length);
      mark();
    } else if (event.key === 'Enter') {
      const row = popup ? rows[active] : undefined;
      if (row) choose(row);
      else if (!popup) open();
    } else if (event.key === 'Escape' && popup) {
      popup.close();
    } else {
      if (event.key === 'Tab') popup?.close();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': listId,
    autocomplete: 'off',
    spellcheck: 'false',
  })) {
    input.setAttribute(name, value);
  }
  input.addEventListener('keydown', onKey);
  input.addEventListener('click', open);
  input.addEventListener('input', () => {
    if (popup) void fill();
    else open();
  });
  input.addEventListener('blur', () => popup?.close());
  return { open, close: () => popup?.close(), refill: fill };
}
