import { h, uid } from '../core/dom.js';
import { stateOr } from '../core/surface.js';
import { textObject } from '../text/mrkdwn.js';
import { change, marks, naming } from './act.js';

/**
 * Checkboxes and radio buttons.
 * @param {import('../core/types.js').BlockElement} element
 * @param {import('../core/surface.js').Place} place
 */
export function choiceGroup(element, place) {
  const many = element.type === 'checkboxes';
  const fieldName = many ? 'selected_options' : 'selected_option';
  const start = many ? (element.initial_options ?? []) : (element.initial_option ?? null);
  const state = stateOr(place, element.action_id ?? '', { type: element.type, [fieldName]: start });
  const group = uid('choice');
  const { store } = place.surface;
  const on = new Set([state[fieldName] ?? []].flat().map((option) => option.value));
  const options = /** @type {import('../core/types.js').Option[]} */ (element.options ?? []);
  const node = h(
    'div',
    {
      ...marks(place, element),
      class: 'choices',
      role: many ? 'group' : 'radiogroup',
      ...naming(place, many ? 'Options' : 'Choice'),
    },
    options.map((option) => {
      const input = /** @type {HTMLInputElement} */ (
        h('input', {
          type: many ? 'checkbox' : 'radio',
          name: group,
          checked: on.has(option.value),
          onchange: () => {
            const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (node.querySelectorAll('input'));
            const chosen = options.filter((_, index) => boxes[index]?.checked);
            void change(place, node, element, { [fieldName]: many ? chosen : (chosen[0] ?? null) });
          },
        })
      );
      return h(
        'label',
        { class: 'choice' },
        input,
        h(
          'span',
          null,
          textObject(store, option.text),
          option.description && h('span', { class: 'choice-detail' }, textObject(store, option.description)),
        ),
      );
    }),
  );
  return node;
}
