import { h } from '../core/dom.js';
import { stateOr } from '../core/surface.js';
import { act, change, marks, naming } from './act.js';

/**
 * Fields that are typed into: text, number, e-mail, URL, date, time, date and time.
 * @typedef {import('../core/surface.js').Place} Place
 * @typedef {import('../core/types.js').BlockElement} Element
 */

/** @type {Record<string, { type: string, field: string, initial: string, name: string }>} */
const KINDS = {
  plain_text_input: { type: 'text', field: 'value', initial: 'initial_value', name: 'Text' },
  rich_text_input: { type: 'text', field: 'rich_text_value', initial: 'initial_value', name: 'Text' },
  number_input: { type: 'text', field: 'value', initial: 'initial_value', name: 'Number' },
  email_text_input: { type: 'email', field: 'value', initial: 'initial_value', name: 'E-mail' },
  url_text_input: { type: 'url', field: 'value', initial: 'initial_value', name: 'URL' },
  datepicker: { type: 'date', field: 'selected_date', initial: 'initial_date', name: 'Date' },
  timepicker: { type: 'time', field: 'selected_time', initial: 'initial_time', name: 'Time' },
  datetimepicker: {
    type: 'datetime-local',
    field: 'selected_date_time',
    initial: 'initial_date_time',
    name: 'Date and time',
  },
};

/** @param {number | null | undefined} seconds the reader's own clock, as `datetime-local` wants it */
function localDateTime(seconds) {
  if (!seconds) return '';
  const date = new Date(seconds * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** @param {string} text */
const richText = (text) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});

/** @param {Element} element @param {unknown} value */
function shown(element, value) {
  if (value === null || value === undefined) return '';
  if (element.type === 'datetimepicker') return localDateTime(Number(value));
  if (typeof value === 'object') return JSON.stringify(value).match(/"text":"([^"]*)"/)?.[1] ?? '';
  return String(value);
}

/** @param {Element} element @param {string} text @returns {unknown} what the state holds; null where nothing is filled in */
function stored(element, text) {
  if (text === '') return null;
  if (element.type === 'datetimepicker') return Math.floor(new Date(text).getTime() / 1000);
  if (element.type === 'rich_text_input') return richText(text);
  return text;
}

/** @param {Element} element @param {Place} place */
export function field(element, place) {
  const kind = KINDS[element.type];
  if (!kind) return h('span', null);
  const state = stateOr(place, element.action_id ?? '', {
    type: element.type,
    [kind.field]: element[kind.initial] ?? null,
  });
  const multiline = element.multiline || element.type === 'rich_text_input';
  const picker = ['date', 'time', 'datetime-local'].includes(kind.type);
  const node = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (
    h(multiline ? 'textarea' : 'input', {
      ...marks(place, element),
      ...naming(place, element.placeholder?.text ?? kind.name),
      ...(multiline ? { rows: 4 } : { type: kind.type }),
      ...(element.type === 'number_input'
        ? { inputmode: element.is_decimal_allowed ? 'decimal' : 'numeric' }
        : {}),
      class: picker ? 'field field-picker' : 'field',
      placeholder: element.placeholder?.text,
      maxlength: element.max_length,
      'data-autofocus': element.focus_on_load === true,
      autocomplete: 'off',
    })
  );
  node.value = shown(element, state[kind.field]);
  const now = () => ({ [kind.field]: stored(element, node.value) });
  // A text field with dispatch_action speaks on Enter unless the element asks for every character; a picker on change.
  const every = element.dispatch_action_config?.trigger_actions_on?.includes('on_character_entered');
  const silent = { ...place, dispatch: false };
  if (picker) node.addEventListener('change', () => void change(place, node, element, now()));
  else node.addEventListener('input', () => void change(every ? place : silent, node, element, now()));
  node.addEventListener('keydown', (event) => {
    const enter = /** @type {KeyboardEvent} */ (event).key === 'Enter';
    if (!enter || picker || multiline || every || !place.dispatch) return;
    event.preventDefault();
    void act(place, node, element, now());
  });
  return node;
}
