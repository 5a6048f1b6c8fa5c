import { h } from '../core/dom.js';
import { emoji, withDrawnSigns } from '../text/emoji.js';
import {
  broadcastMention,
  channelMention,
  dateToken,
  groupMention,
  link,
  userMention,
} from '../text/entities.js';

/**
 * rich_text: structured, so its leaves are literal. Nothing in a leaf's text is parsed or decoded.
 * @typedef {import('../core/types.js').Block} Block
 * @typedef {import('../core/store.js').Store} Store
 */

/** Innermost first. @type {[string, string][]} */
const STYLES = [
  ['code', 'code'],
  ['strike', 's'],
  ['underline', 'u'],
  ['italic', 'em'],
  ['bold', 'strong'],
  ['highlight', 'mark'],
];

/** @param {Node} node @param {Record<string, boolean> | undefined} style */
function styled(node, style) {
  let result = node;
  for (const [name, tag] of STYLES) if (style?.[name]) result = h(tag, null, result);
  return result;
}

/** @param {string} text */
function lines(text) {
  return text
    .split('\n')
    .flatMap((line, index) => [...(index > 0 ? [h('br')] : []), ...withDrawnSigns(line)]);
}

/** @type {Record<string, (leaf: Block, store: Store) => Node>} */
const LEAVES = {
  text: (leaf) => h('span', null, lines(leaf.text ?? '')),
  link: (leaf) => link(leaf.url ?? '', leaf.text ?? leaf.url ?? ''),
  emoji: (leaf) => emoji(leaf.name ?? ''),
  user: (leaf, store) => userMention(store, leaf.user_id),
  usergroup: (leaf, store) => groupMention(store, leaf.usergroup_id),
  channel: (leaf, store) => channelMention(store, leaf.channel_id),
  broadcast: (leaf) => broadcastMention(leaf.range),
  date: (leaf) => dateToken(leaf.timestamp, leaf.format, leaf.url),
  team: (leaf, store) =>
    h(
      'span',
      { class: 'mention' },
      `@${leaf.team_id === store.state.team.id ? store.state.team.name : leaf.team_id}`,
    ),
  color: (leaf) => {
    const swatch = h('span', { class: 'swatch', 'aria-hidden': 'true' });
    swatch.style.background = leaf.value ?? '';
    return h('span', null, swatch, ` ${leaf.value}`);
  },
};

/** @param {Block[] | undefined} leaves @param {Store} store @returns {Node[]} */
export function richLeaves(leaves, store) {
  return (leaves ?? []).map((leaf) =>
    styled(LEAVES[leaf.type]?.(leaf, store) ?? document.createTextNode(''), leaf.style),
  );
}

/** @param {Block} element */
function preformatted(element) {
  const code = h('code', null);
  for (const leaf of element.elements ?? []) {
    if (leaf.type === 'link') code.append(link(leaf.url ?? '', leaf.text ?? leaf.url ?? ''));
    else code.append(document.createTextNode(leaf.text ?? ''));
  }
  return h(
    'pre',
    { tabindex: 0, role: 'region', 'aria-label': 'Code', class: element.border ? 'bordered' : undefined },
    code,
  );
}

/**
 * Slack sends a nested list flat: neighbours with their own indent. An ordered list goes on counting through `offset`.
 * @param {Block} element @param {Store} store
 */
function list(element, store) {
  const ordered = element.style === 'ordered';
  const indent = element.indent ?? 0;
  return h(
    ordered ? 'ol' : 'ul',
    {
      class: 'list',
      'data-indent': indent,
      start: ordered && element.offset ? element.offset + 1 : undefined,
    },
    /** @type {Block[]} */ (element.elements ?? []).map((item) =>
      h('li', null, richLeaves(item.elements, store)),
    ),
  );
}

/** @type {Record<string, (element: Block, store: Store) => HTMLElement>} */
const PARTS = {
  rich_text_section: (element, store) => h('div', { class: 'text' }, richLeaves(element.elements, store)),
  rich_text_quote: (element, store) => h('blockquote', null, richLeaves(element.elements, store)),
  rich_text_preformatted: preformatted,
  rich_text_list: list,
};

/** @param {Block} block @param {Store} store @returns {HTMLElement[]} */
export function richParts(block, store) {
  return /** @type {Block[]} */ (block.elements ?? []).flatMap((element) => {
    const part = PARTS[element.type];
    return part ? [part(element, store)] : [];
  });
}

/** @param {Block} block @param {import('../core/surface.js').Surface} surface */
export const richText = (block, surface) => h('div', null, richParts(block, surface.store));
