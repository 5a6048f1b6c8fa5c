import { h } from '../core/dom.js';
import { renderElement } from '../elements/index.js';

/**
 * @typedef {import('../core/types.js').Block} Block
 * @typedef {import('../core/surface.js').Surface} Surface
 */

/** @param {Block} block @param {Surface} surface */
export function actions(block, surface) {
  const place = { surface, blockId: block.block_id ?? '', dispatch: true };
  return h(
    'div',
    { role: 'group', 'aria-label': 'Actions' },
    /** @type {any[]} */ (block.elements ?? []).map((element) => renderElement(element, place)),
  );
}

export const contextActions = actions;
