import { h } from '../core/dom.js';
import { renderElement } from '../elements/index.js';
import { markdown } from '../text/markdown.js';
import { textObject } from '../text/mrkdwn.js';
import { image } from './image.js';

/**
 * Blocks of plain content: section, header, divider, context, markdown.
 * @typedef {import('../core/types.js').Block} Block
 * @typedef {import('../core/surface.js').Surface} Surface
 */

/** Slack folds a longer section unless `expand` is set. */
const FOLDED_LINES = 12;

/** @param {HTMLElement} text */
function folded(text) {
  const more = h('button', { type: 'button', class: 'link see-more', 'aria-expanded': 'false' }, 'See more');
  more.addEventListener('click', () => {
    const open = text.classList.toggle('folded') === false;
    more.textContent = open ? 'See less' : 'See more';
    more.setAttribute('aria-expanded', String(open));
  });
  text.classList.add('folded');
  return h('div', null, text, more);
}

/** @param {Block} block @param {Surface} surface */
export function section(block, surface) {
  const { store } = surface;
  const place = { surface, blockId: block.block_id ?? '', dispatch: true };
  const text = block.text && h('div', { class: 'text' }, textObject(store, block.text));
  const long = text && !block.expand && String(block.text.text).split('\n').length > FOLDED_LINES;
  return h(
    'div',
    null,
    h(
      'div',
      { class: 'section-main' },
      long ? folded(text) : text,
      block.fields &&
        h(
          'div',
          { class: 'fields' },
          /** @type {any[]} */ (block.fields).map((one) =>
            h('div', { class: 'text' }, textObject(store, one)),
          ),
        ),
    ),
    block.accessory && h('div', { class: 'section-accessory' }, renderElement(block.accessory, place)),
  );
}

/** @param {Block} block @param {Surface} surface */
export function header(block, surface) {
  const level = Number.isInteger(block.level) ? Math.min(4, Math.max(1, block.level)) : 1;
  return h(
    'div',
    { role: 'heading', 'aria-level': level + 2, 'data-level': level },
    textObject(surface.store, block.text),
  );
}

export const divider = () => h('hr');

/** @param {Block} block @param {Surface} surface */
export function context(block, surface) {
  return h(
    'div',
    null,
    /** @type {any[]} */ (block.elements ?? []).map((element) =>
      element.type === 'image'
        ? image(element, surface.store, 'context-image')
        : h('span', { class: 'text' }, textObject(surface.store, element)),
    ),
  );
}

/** @param {Block} block @param {Surface} surface */
export const markdownBlock = (block, surface) => h('div', null, markdown(surface.store, block.text ?? ''));
