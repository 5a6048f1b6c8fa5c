import { h } from '../core/dom.js';
import { setState, stateOr } from '../core/surface.js';
import { decode } from '../text/entities.js';
import { icon } from '../ui/icons.js';
import { change, marks, naming } from './act.js';
import { combobox } from './combobox.js';
import { chosenIn, field, row, source, stateOf } from './select-sources.js';

/**
 * Every select menu, single and multiple, static and loaded.
 * @typedef {import('../core/surface.js').Place} Place
 * @typedef {import('../core/types.js').BlockElement} Element
 * @typedef {import('./select-sources.js').Choice} Choice
 */

/** @param {Element} element @param {Place} place */
export function select(element, place) {
  const { name, initial, multi } = field(element);
  const fallback = element.default_to_current_conversation ? place.surface.store.ui.channel : null;
  const start = element[initial] ?? (multi ? [] : fallback);
  let chosen = chosenIn(
    element,
    place,
    stateOr(place, element.action_id ?? '', { type: element.type, [name]: start }),
  );
  const ask = source(element, place);
  /** @type {Map<string, Choice>} */
  const known = new Map();
  const placeholder = element.placeholder?.text ?? (multi ? 'Select options' : 'Select an option');

  const input = /** @type {HTMLInputElement} */ (
    h('input', {
      type: 'text',
      class: 'select-input',
      placeholder,
      ...naming(place, placeholder),
      'data-autofocus': element.focus_on_load === true,
    })
  );
  const chips = h('span', { class: 'chips' });
  const node = h(
    'span',
    { ...marks(place, element), class: multi ? 'select select-multi' : 'select' },
    chips,
    input,
    icon('chevronDown'),
  );

  function show() {
    if (!multi) {
      input.value = chosen[0] ? decode(chosen[0].text) : '';
      return;
    }
    input.value = '';
    input.placeholder = chosen.length > 0 ? '' : placeholder;
    chips.replaceChildren(
      ...chosen.map((choice) =>
        h(
          'button',
          {
            type: 'button',
            class: 'chip',
            'aria-label': `Remove ${choice.text}`,
            onclick: () => void set(chosen.filter((one) => one.id !== choice.id)),
          },
          decode(choice.text),
          ' ×',
        ),
      ),
    );
  }

  /** @param {Choice[]} next */
  async function set(next) {
    const before = chosen;
    chosen = next;
    show();
    const sent = await change(place, node, element, stateOf(element, chosen));
    if (sent || !place.dispatch) return;
    // Declined or refused: Slack puts the menu back to where it was.
    chosen = before;
    show();
    setState(place, element.action_id ?? '', { type: element.type, ...stateOf(element, before) });
  }

  /** @param {string} id */
  function pick(id) {
    const choice = known.get(id);
    if (!choice) return;
    if (!multi) {
      void set([choice]);
      return;
    }
    const has = chosen.some((one) => one.id === id);
    const room = chosen.length < (element.max_selected_items ?? Number.POSITIVE_INFINITY);
    if (has) void set(chosen.filter((one) => one.id !== id));
    else if (room) void set([...chosen, choice]);
  }

  /** The query is the shown text while nothing was typed; the whole list is wanted then. */
  let typed = false;
  input.addEventListener('input', () => {
    typed = true;
  });
  input.addEventListener('focus', () => {
    typed = false;
    input.select();
  });
  combobox({
    input,
    anchor: node,
    stay: multi,
    rows: (query) => {
      /** @param {Choice[] | { note: string }} found */
      const rows = (found) => {
        if ('note' in found) return found;
        for (const choice of found) known.set(choice.id, choice);
        return found.map((choice) => ({
          ...row(place, choice),
          selected: chosen.some((one) => one.id === choice.id),
        }));
      };
      const found = ask(typed || multi ? query : '');
      return found instanceof Promise ? found.then(rows) : rows(found);
    },
    pick: (one) => {
      typed = false;
      pick(one.id);
    },
    closed: () => {
      typed = false;
      show();
    },
  });
  show();
  return node;
}
