import { h } from '../core/dom.js';
import { safeUrl } from '../text/entities.js';
import { textObject } from '../text/mrkdwn.js';

/**
 * @typedef {import('../core/types.js').Block} Block
 * @typedef {import('../core/store.js').Store} Store
 */

/** @param {Block} element @param {Store} store */
function address(element, store) {
  const file = element.slack_file;
  const shared = store.state.messages
    .flatMap((message) => message.files ?? [])
    .find((one) => one.id === file?.id);
  const url = element.image_url ?? file?.url ?? shared?.url ?? (file?.id ? `sim/files/${file.id}` : null);
  return url ? safeUrl(url) : null;
}

/** @param {Block} element @param {Store} store @param {string} kind the class that sets the size */
export function image(element, store, kind) {
  const src = address(element, store);
  if (!src) return h('span', { class: `${kind} unknown` }, element.alt_text ?? '');
  const node = h('img', { class: kind, src, alt: element.alt_text ?? '', loading: 'lazy' });
  node.addEventListener('error', () =>
    node.replaceWith(
      h(
        'span',
        { class: `${kind} unknown`, role: 'img', 'aria-label': element.alt_text },
        element.alt_text ?? '',
      ),
    ),
  );
  return node;
}

/** @param {Block} block @param {import('../core/surface.js').Surface} surface */
export function imageBlock(block, surface) {
  return h(
    'figure',
    null,
    block.title && h('figcaption', null, textObject(surface.store, block.title)),
    image(block, surface.store, 'block-picture'),
  );
}
