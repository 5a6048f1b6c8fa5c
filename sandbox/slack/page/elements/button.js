import { h } from '../core/dom.js';
import { safeUrl } from '../text/entities.js';
import { textObject } from '../text/mrkdwn.js';
import { icon } from '../ui/icons.js';
import { openMenu } from '../ui/menu.js';
import { act, marks } from './act.js';

/**
 * Elements that are pressed: button, link button, overflow menu, icon button, feedback buttons.
 * @typedef {import('../core/surface.js').Place} Place
 * @typedef {import('../core/types.js').BlockElement} Element
 */

/** @param {Element} element */
function classOf(element) {
  if (element.style === 'primary') return 'button button-primary';
  if (element.style === 'danger') return 'button button-danger';
  return 'button';
}

/** @param {Element} element @param {Place} place */
export function button(element, place) {
  const url = element.url ? safeUrl(element.url) : null;
  const node = h(
    url ? 'a' : 'button',
    {
      ...marks(place, element),
      ...(url ? { href: url, target: '_blank', rel: 'noopener noreferrer' } : { type: 'button' }),
      class: classOf(element),
      'aria-label': element.accessibility_label,
      onclick: () => act(place, node, element, { value: element.value }),
    },
    h('span', { class: 'button-text' }, textObject(place.surface.store, element.text)),
  );
  return node;
}

/** @param {Element} element @param {Place} place */
export function overflow(element, place) {
  const { store } = place.surface;
  const node = h(
    'button',
    {
      ...marks(place, element),
      type: 'button',
      class: 'button button-icon',
      'aria-label': 'More actions',
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      onclick: () =>
        openMenu(
          node,
          'More actions',
          /** @type {any[]} */ (element.options ?? []).map((option) => ({
            label: textObject(store, option.text),
            detail: option.description && textObject(store, option.description),
            pick: () => {
              const url = option.url && safeUrl(option.url);
              if (url) open(url, '_blank', 'noopener');
              void act(place, node, element, { selected_option: option });
            },
          })),
          { align: 'end' },
        ),
    },
    icon('dots'),
  );
  return node;
}

/** @param {Element} element @param {Place} place */
export function iconButton(element, place) {
  const seen = /** @type {string[] | undefined} */ (element.visible_to_user_ids);
  if (seen && !seen.includes(place.surface.store.ui.user)) return h('span', { hidden: true });
  const node = h(
    'button',
    {
      ...marks(place, element),
      type: 'button',
      class: 'button button-quiet',
      'aria-label': element.accessibility_label ?? element.text?.text,
      title: element.text?.text,
      onclick: () => act(place, node, element, { value: element.value }),
    },
    icon(element.icon === 'trash' ? 'trash' : 'dots'),
  );
  return node;
}

/** @param {Element} element @param {Place} place */
export function feedbackButtons(element, place) {
  const { store } = place.surface;
  /** @param {Record<string, any>} one @param {'up' | 'down'} sign */
  const half = (one, sign) => {
    const node = h(
      'button',
      {
        ...marks(place, element),
        type: 'button',
        class: 'button button-quiet',
        'aria-label': one.accessibility_label ?? one.text?.text,
        'aria-pressed': 'false',
        onclick: async () => {
          if (await act(place, node, element, { value: one.value }))
            node.setAttribute('aria-pressed', 'true');
        },
      },
      icon(sign === 'up' ? 'thumbUp' : 'thumbDown'),
      h('span', null, textObject(store, one.text)),
    );
    return node;
  };
  return h(
    'span',
    { class: 'feedback', role: 'group', 'aria-label': 'Feedback' },
    element.positive_button && half(element.positive_button, 'up'),
    element.negative_button && half(element.negative_button, 'down'),
  );
}
