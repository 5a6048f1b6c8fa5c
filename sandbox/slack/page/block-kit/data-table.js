import { h, uid } from '../core/dom.js';
import { icon } from '../ui/icons.js';
import { cellContent } from './table.js';

/**
 * data_table: sorted by a click on a head, searched, and turned page by page.
 * @typedef {import('../core/types.js').Block} Block
 */

const ROWS_PER_PAGE = 5;

/** What search and sorting read in a cell. @param {Block | undefined} cell @returns {string} */
function plain(cell) {
  if (!cell) return '';
  if (cell.elements) return /** @type {Block[]} */ (cell.elements).map(plain).join(' ');
  return String(cell.text ?? cell.value ?? '');
}

/** @param {Block | undefined} a @param {Block | undefined} b */
function compare(a, b) {
  if (a?.type === 'raw_number' && b?.type === 'raw_number') return a.value - b.value;
  return plain(a).localeCompare(plain(b), undefined, { numeric: true });
}

/** @param {Block} block @param {import('../core/surface.js').Surface} surface */
export function dataTable(block, surface) {
  const [head = [], ...rows] = /** @type {Block[][]} */ (block.rows ?? []);
  const size = block.page_size ?? ROWS_PER_PAGE;
  const rowHead = block.row_header_column_index ?? 0;
  const captionId = uid('caption');
  const view = { page: 0, sort: -1, down: false, query: '' };
  const body = h('tbody', null);
  const status = h('span', { class: 'data-table-status', role: 'status' });
  const previous = h(
    'button',
    { type: 'button', class: 'button button-small', onclick: () => turn(-1) },
    'Previous',
  );
  const next = h('button', { type: 'button', class: 'button button-small', onclick: () => turn(1) }, 'Next');
  const search = /** @type {HTMLInputElement} */ (
    h('input', {
      type: 'search',
      class: 'field field-small',
      placeholder: 'Search',
      'aria-label': `Search ${block.caption ?? 'table'}`,
    })
  );
  search.addEventListener('input', () => {
    view.query = search.value.toLowerCase();
    view.page = 0;
    draw();
  });
  const heads = head.map((cell, index) =>
    h(
      'th',
      { scope: 'col', class: isNumeric(index) ? 'cell align-right' : 'cell' },
      h(
        'button',
        { type: 'button', class: 'sort', onclick: () => sortBy(index) },
        cellContent(cell, surface.store),
        icon('sort'),
      ),
    ),
  );

  /** @param {number} index */
  function isNumeric(index) {
    return rows.length > 0 && rows.every((row) => row[index]?.type === 'raw_number');
  }

  /** @param {number} step */
  function turn(step) {
    view.page += step;
    draw();
  }

  /** @param {number} index */
  function sortBy(index) {
    view.down = view.sort === index && !view.down;
    view.sort = index;
    view.page = 0;
    draw();
  }

  function draw() {
    const found = rows.filter((row) => row.some((cell) => plain(cell).toLowerCase().includes(view.query)));
    const sorted =
      view.sort < 0
        ? found
        : found.toSorted((a, b) => compare(a[view.sort], b[view.sort]) * (view.down ? -1 : 1));
    const from = view.page * size;
    body.replaceChildren(
      ...sorted.slice(from, from + size).map((row) =>
        h(
          'tr',
          null,
          row.map((cell, index) =>
            h(
              index === rowHead ? 'th' : 'td',
              {
                scope: index === rowHead ? 'row' : undefined,
                class: cell.type === 'raw_number' ? 'cell align-right' : 'cell',
              },
              cellContent(cell, surface.store),
            ),
          ),
        ),
      ),
    );
    for (const [index, node] of heads.entries()) {
      node.setAttribute('aria-sort', index !== view.sort ? 'none' : view.down ? 'descending' : 'ascending');
    }
    const last = Math.min(from + size, sorted.length);
    status.textContent = sorted.length === 0 ? 'No rows' : `${from + 1}–${last} of ${sorted.length}`;
    previous.toggleAttribute('disabled', view.page === 0);
    next.toggleAttribute('disabled', last >= sorted.length);
  }

  draw();
  return h(
    'div',
    null,
    h(
      'div',
      { class: 'data-table-head' },
      h('strong', { id: captionId }, block.caption ?? ''),
      rows.length > size && search,
    ),
    h(
      'div',
      { class: 'table-scroll', tabindex: 0, role: 'region', 'aria-labelledby': captionId },
      h(
        'table',
        { class: 'table', 'aria-labelledby': captionId },
        h('thead', null, h('tr', null, heads)),
        body,
      ),
    ),
    rows.length > size && h('div', { class: 'data-table-foot' }, status, previous, next),
  );
}
