import { h, uid } from '../core/dom.js';
import { textObject } from '../text/mrkdwn.js';
import { icon } from '../ui/icons.js';
import { image } from './image.js';
import { richParts } from './rich-text.js';

/**
 * container: a titled group that may be folded.
 * @typedef {import('../core/types.js').Block} Block
 * @typedef {import('../core/surface.js').Surface} Surface
 */

/** What the reader unfolded stays so when the message is edited. @type {Map<string, boolean>} */
const folds = new Map();

/**
 * @param {Block} block
 * @param {Surface} surface
 * @param {(block: Block, surface: Surface) => HTMLElement} renderBlock
 */
export function container(block, surface, renderBlock) {
  const { store } = surface;
  const bodyId = uid('container');
  const key = `${JSON.stringify(surface.container)} ${block.block_id ?? block.title?.text}`;
  const closed = block.is_collapsible && (folds.get(key) ?? block.default_collapsed ?? false);
  const body = h(
    'div',
    { class: 'container-body', id: bodyId, hidden: closed },
    /** @type {Block[]} */ (block.child_blocks ?? []).map((child) => renderBlock(child, surface)),
  );
  const title = h(
    'span',
    { class: 'container-titles' },
    h(
      'span',
      { class: 'container-title' },
      block.rich_text_title ? richParts(block.rich_text_title, store) : textObject(store, block.title),
    ),
    block.subtitle && h('span', { class: 'container-subtitle' }, textObject(store, block.subtitle)),
  );
  const head = [block.icon && image(block.icon, store, 'context-image'), title];
  const toggle = h(
    'button',
    { type: 'button', class: 'container-head', 'aria-expanded': String(!closed), 'aria-controls': bodyId },
    icon('chevronRight'),
    head,
  );
  toggle.addEventListener('click', () => {
    const open = toggle.getAttribute('aria-expanded') !== 'true';
    toggle.setAttribute('aria-expanded', String(open));
    body.toggleAttribute('hidden', !open);
    folds.set(key, !open);
  });
  return h(
    'div',
    { 'data-width': block.width, 'data-divided': block.has_header_divider === true ? 'true' : undefined },
    block.is_collapsible ? toggle : h('div', { class: 'container-head' }, head),
    body,
  );
}
