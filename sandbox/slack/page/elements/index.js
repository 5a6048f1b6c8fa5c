import { image } from '../block-kit/image.js';
import { h } from '../core/dom.js';
import { button, feedbackButtons, iconButton, overflow } from './button.js';
import { choiceGroup } from './choice.js';
import { select } from './select.js';
import { field } from './text-input.js';

/**
 * @typedef {import('../core/surface.js').Place} Place
 * @typedef {import('../core/types.js').BlockElement} Element
 * @type {Record<string, (element: Element, place: Place) => HTMLElement>}
 */
const ELEMENTS = {
  button,
  workflow_button: button,
  overflow,
  icon_button: iconButton,
  feedback_buttons: feedbackButtons,
  checkboxes: choiceGroup,
  radio_buttons: choiceGroup,
  image: (element, place) => image(element, place.surface.store, 'accessory-image'),
};

for (const kind of ['static', 'external', 'users', 'channels', 'conversations']) {
  ELEMENTS[`${kind}_select`] = select;
  ELEMENTS[`multi_${kind}_select`] = select;
}

const FIELDS = ['plain_text_input', 'rich_text_input', 'number_input', 'email_text_input', 'url_text_input'];
for (const kind of [...FIELDS, 'datepicker', 'timepicker', 'datetimepicker']) ELEMENTS[kind] = field;

/**
 * @param {Element} element
 * @param {Place} place
 * @returns {HTMLElement}
 */
export function renderElement(element, place) {
  const render = ELEMENTS[element.type];
  if (render) return render(element, place);
  return h('span', { class: 'unknown' }, `Element "${element.type}" cannot be shown`);
}
