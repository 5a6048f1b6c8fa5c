import { h } from '../core/dom.js';
import { withDrawnSigns } from '../text/emoji.js';
import { richParts } from './rich-text.js';

/**
 * The table block. Its first row is the head; on a narrow screen it scrolls inside itself.
 * @typedef {import('../core/types.js').Block} Block
 * @typedef {import('../core/store.js').Store} Store
 */

/** A cell's content; raw cells are literal. @param {Block | undefined} cell @param {Store} store */
export function cellContent(cell, store) {
  if (!cell) return [];
  if (cell.type === 'rich_text') return richParts(cell, store);
  return withDrawnSigns(cell.text ?? String(cell.value ?? ''));
}

/** @param {{ align?: string, is_wrapped?: boolean } | null | undefined} setting */
function cellClass(setting) {
  const align = ['center', 'right'].includes(setting?.align ?? '') ? ` align-${setting?.align}` : '';
  return `cell${align}${setting?.is_wrapped ? ' wrapped' : ''}`;
}

/** @param {Block} block @param {import('../core/surface.js').Surface} surface */
export function table(block, surface) {
  const [head, ...body] = /** @type {Block[][]} */ (block.rows ?? []);
  const settings = block.column_settings ?? [];
  /** @param {'th' | 'td'} tag */
  const cell = (tag) => (/** @type {Block} */ one, /** @type {number} */ index) =>
    h(
      tag,
      { class: cellClass(settings[index]), scope: tag === 'th' ? 'col' : undefined },
      cellContent(one, surface.store),
    );
  return h(
    'div',
    { class: 'table-scroll', tabindex: 0, role: 'region', 'aria-label': 'Table' },
    h(
      'table',
      { class: 'table' },
      head && h('thead', null, h('tr', null, head.map(cell('th')))),
      h(
        'tbody',
        null,
        body.map((row) => h('tr', null, row.map(cell('td')))),
      ),
    ),
  );
}
