import { fragment, h } from '../core/dom.js';
import { withEmoji } from './emoji.js';
import { entity, link } from './entities.js';

/**
 * The `markdown` block: standard Markdown, not mrkdwn, yet with Slack's own mentions, which Slack honours there too.
 * @typedef {import('../core/store.js').Store} Store
 */

const INLINE =
  /(`+)(.+?)\1|\*\*(.+?)\*\*|__(.+?)__|~~(.+?)~~|\[([^\]]+)\]\(([^)\s]+)\)|<([@#!][^<>\s]+)>|\*(\S(?:.*?\S)?)\*|\b_(\S(?:.*?\S)?)_\b/;

/** @param {Store} store @param {string} text @returns {Node[]} */
function inline(store, text) {
  /** @type {Node[]} */
  const nodes = [];
  let rest = text;
  for (let match = INLINE.exec(rest); match; match = INLINE.exec(rest)) {
    nodes.push(...withEmoji(rest.slice(0, match.index)));
    const [, , code, bold, bold2, strike, label, url, mention, italic, italic2] = match;
    if (code !== undefined) nodes.push(h('code', null, code.trim()));
    else if (bold ?? bold2) nodes.push(h('strong', null, inline(store, bold ?? bold2 ?? '')));
    else if (strike) nodes.push(h('s', null, inline(store, strike)));
    else if (label && url) nodes.push(link(url, inline(store, label)));
    else if (mention) nodes.push(entity(store, mention));
    else nodes.push(h('em', null, inline(store, italic ?? italic2 ?? '')));
    rest = rest.slice(match.index + match[0].length);
  }
  return [...nodes, ...withEmoji(rest)];
}

/** @param {string} row */
const cells = (row) =>
  row
    .replace(/^\s*\||\|\s*$/g, '')
    .split('|')
    .map((cell) => cell.trim());

/** @param {Store} store @param {string[]} rows */
function table(store, rows) {
  const [head = '', , ...body] = rows;
  return h(
    'div',
    { class: 'table-scroll', tabindex: 0, role: 'region', 'aria-label': 'Table' },
    h(
      'table',
      { class: 'table' },
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          cells(head).map((cell) => h('th', { scope: 'col' }, inline(store, cell))),
        ),
      ),
      h(
        'tbody',
        null,
        body.map((row) =>
          h(
            'tr',
            null,
            cells(row).map((cell) => h('td', null, inline(store, cell))),
          ),
        ),
      ),
    ),
  );
}

/** @typedef {{ test: RegExp, render: (store: Store, lines: string[]) => Node }} Kind */

/** Blocks that go on while their lines look alike. @type {Kind[]} */
const KINDS = [
  { test: /^\s*[-*+]\s+/, render: (store, lines) => list(store, 'ul', lines, /^\s*[-*+]\s+/) },
  { test: /^\s*\d+[.)]\s+/, render: (store, lines) => list(store, 'ol', lines, /^\s*\d+[.)]\s+/) },
  {
    test: /^>\s?/,
    render: (store, lines) =>
      h(
        'blockquote',
        null,
        joined(
          store,
          lines.map((one) => one.replace(/^>\s?/, '')),
        ),
      ),
  },
  { test: /^\s*\|.*\|\s*$/, render: table },
];

/** @param {Store} store @param {'ul' | 'ol'} tag @param {string[]} lines @param {RegExp} mark */
function list(store, tag, lines, mark) {
  return h(
    tag,
    { class: 'list' },
    lines.map((line) => h('li', null, inline(store, line.replace(mark, '')))),
  );
}

/** @param {Store} store @param {string[]} lines */
const joined = (store, lines) =>
  lines.flatMap((line, index) => [...(index > 0 ? [h('br')] : []), ...inline(store, line)]);

/** @param {Store} store @param {string} text @returns {Node} */
export function markdown(store, text) {
  /** @type {Node[]} */
  const nodes = [];
  const lines = text.split('\n');
  let at = 0;
  /** @param {(line: string) => boolean} same */
  const take = (same) => {
    const from = at;
    while (at < lines.length && same(lines[at] ?? '')) at += 1;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const kind = KINDS.find((one) => one.test.test(line));
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (line.startsWith('```')) {
      at += 1;
      const code = take((one) => !one.startsWith('```'));
      at += 1;
      nodes.push(h('pre', { tabindex: 0 }, h('code', null, code.join('\n'))));
    } else if (heading) {
      at += 1;
      nodes.push(
        h(
          'p',
          { class: 'markdown-heading', role: 'heading', 'aria-level': 3 + (heading[1] ?? '').length },
          inline(store, heading[2] ?? ''),
        ),
      );
    } else if (/^\s*(-{3,}|\*{3,})\s*$/.test(line)) {
      at += 1;
      nodes.push(h('hr'));
    } else if (kind) {
      nodes.push(
        kind.render(
          store,
          take((one) => kind.test.test(one)),
        ),
      );
    } else if (line.trim() === '') {
      at += 1;
    } else {
      const plain = take(
        (one) => one.trim() !== '' && !one.startsWith('```') && !KINDS.some((k) => k.test.test(one)),
      );
      nodes.push(h('p', null, joined(store, plain)));
    }
  }
  return fragment(nodes);
}
