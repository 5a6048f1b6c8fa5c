import { h } from '../core/dom.js';
import { renderElement } from '../elements/index.js';
import { textObject } from '../text/mrkdwn.js';
import { image } from './image.js';

/**
 * @typedef {import('../core/types.js').Block} Block
 * @typedef {import('../core/surface.js').Surface} Surface
 */

/** @param {Block} block @param {Surface} surface */
export function card(block, surface) {
  const { store } = surface;
  const place = { surface, blockId: block.block_id ?? '', dispatch: true };
  /** @param {string} kind */
  const part = (kind) => block[kind] && h('div', { class: `card-${kind}` }, textObject(store, block[kind]));
  return h(
    'article',
    { class: 'card' },
    block.hero_image && image(block.hero_image, store, 'card-hero'),
    h(
      'div',
      { class: 'card-head' },
      block.icon && image(block.icon, store, 'card-icon'),
      h('div', null, part('title'), part('subtitle')),
    ),
    part('body'),
    part('subtext'),
    block.actions &&
      h(
        'div',
        { class: 'block-actions' },
        /** @type {any[]} */ (block.actions).map((element) => renderElement(element, place)),
      ),
  );
}

/** @param {Block} block @param {Surface} surface */
export function carousel(block, surface) {
  const cards = /** @type {Block[]} */ (block.elements ?? []);
  return h(
    'div',
    { role: 'region', 'aria-label': `Carousel of ${cards.length} cards`, tabindex: 0 },
    cards.map((one) => card(one, surface)),
  );
}
