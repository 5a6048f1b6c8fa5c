import { fragment, h } from '../core/dom.js';
import { emoji, isEmoji, withDrawnSigns, withEmoji } from './emoji.js';
import { decode, entity, link } from './entities.js';

/**
 * Slack's mrkdwn as DOM nodes. The text is parsed while still escaped and each leaf is decoded on its own, so an
 * escaped `&lt;!channel&gt;` can never turn into a mention.
 * @typedef {import('../core/store.js').Store} Store
 */

/** @type {Record<string, string>} */
const STYLES = { '*': 'strong', _: 'em', '~': 's' };
const WORD = /[\p{L}\p{N}_]/u;
const URL_START = /^https?:\/\/[^\s<>|]+/;

/** @param {string | undefined} char */
const isWord = (char) => char !== undefined && WORD.test(char);

/**
 * Where a style that opens at `start` ends, or -1. Slack closes a style only on its own line, after something that
 * is not a space, and not in the middle of a word; code and angle brackets in between are skipped whole.
 * @param {string} text @param {number} start @param {string} mark
 */
function closing(text, start, mark) {
  if (isWord(text[start - 1]) || text[start - 1] === mark || /\s/.test(text[start + 1] ?? ' ')) return -1;
  for (let at = start + 1; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === '`' || text[at] === '<') {
      const end = text.indexOf(text[at] === '`' ? '`' : '>', at + 1);
      if (end > 0) at = end;
    } else if (text[at] === mark && at > start + 1) {
      if (!/\s/.test(text[at - 1] ?? ' ') && !isWord(text[at + 1]) && text[at + 1] !== mark) return at;
    }
  }
  return -1;
}

/** @param {Store} store @param {string} text still escaped @returns {Node[]} */
function codeContent(store, text) {
  return text
    .split(/<([^<>\n]+)>/)
    .map((part, index) => (index % 2 === 1 ? entity(store, part) : document.createTextNode(decode(part))));
}

/**
 * @param {Store} store
 * @param {string} text
 * @param {number} at
 * @returns {{ node: Node, end: number } | null} what starts here and where it ends, if anything does
 */
function piece(store, text, at) {
  const char = text[at] ?? '';
  if (char === '<') {
    const end = text.indexOf('>', at);
    if (end > at + 1) return { node: entity(store, text.slice(at + 1, end)), end: end + 1 };
  }
  if (char === '`') {
    const end = text.indexOf('`', at + 1);
    const inside = text.slice(at + 1, end);
    if (end > at + 1 && !inside.includes('\n')) {
      return { node: h('code', null, codeContent(store, inside)), end: end + 1 };
    }
  }
  if (char === ':') {
    const name = /^:([a-z0-9_+-]+):/.exec(text.slice(at, at + 60))?.[1];
    if (name && isEmoji(name)) return { node: emoji(name), end: at + name.length + 2 };
  }
  if (char === 'h' && !isWord(text[at - 1])) {
    const url = URL_START.exec(text.slice(at))?.[0].replace(/[.,;:!?)\]'"*_~]+$/, '');
    if (url) return { node: link(decode(url), decode(url)), end: at + url.length };
  }
  const tag = STYLES[char];
  if (tag) {
    const end = closing(text, at, char);
    if (end > 0) return { node: h(tag, null, inline(store, text.slice(at + 1, end))), end: end + 1 };
  }
  return null;
}

/** @param {Store} store @param {string} text still escaped @returns {Node[]} */
export function inline(store, text) {
  /** @type {Node[]} */
  const nodes = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') nodes.push(...withDrawnSigns(decode(plain)));
    plain = '';
  };
  let at = 0;
  while (at < text.length) {
    if (text[at] === '\n') {
      flush();
      nodes.push(h('br'));
      at += 1;
      continue;
    }
    const found = piece(store, text, at);
    if (found) {
      flush();
      nodes.push(found.node);
      at = found.end;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  flush();
  return nodes;
}

/** @param {Store} store @param {string} text @returns {Node[]} */
function paragraphs(store, text) {
  /** @type {Node[]} */
  const nodes = [];
  /** @type {string[]} */
  let lines = [];
  let quoting = false;
  const flush = () => {
    const content = lines.join('\n');
    if (lines.length > 0 && (quoting || content !== '')) {
      nodes.push(h(quoting ? 'blockquote' : 'span', null, inline(store, content)));
    }
    lines = [];
  };
  const all = text.split('\n');
  for (const [index, line] of all.entries()) {
    if (line.startsWith('&gt;&gt;&gt;')) {
      flush();
      quoting = true;
      lines = [line.slice(12).trimStart(), ...all.slice(index + 1)];
      break;
    }
    const quoted = line.startsWith('&gt;');
    if (quoted !== quoting) {
      flush();
      quoting = quoted;
    }
    lines.push(quoted ? line.slice(4).trimStart() : line);
  }
  flush();
  return nodes;
}

/** Slack takes an unescaped `>` at the start of a line for a quote as well. @param {string} text */
const quotesEscaped = (text) => text.replace(/^>{1,3}/gm, (marks) => '&gt;'.repeat(marks.length));

/** @param {Store} store @param {string} text @returns {Node} */
export function mrkdwn(store, text) {
  return fragment(
    text.split(/```\n?([\s\S]+?)```\n?/).flatMap((part, index) => {
      if (index % 2 === 1)
        return h('pre', { tabindex: 0 }, h('code', null, codeContent(store, part.replace(/\n$/, ''))));
      return part === ''
        ? []
        : paragraphs(store, quotesEscaped(part.replace(/\n$/, index === 0 ? '$&' : '')));
    }),
  );
}

/**
 * A text object. `plain_text` has emoji and nothing else.
 * @param {Store} store
 * @param {import('../core/types.js').TextObject | undefined} object
 * @returns {Node}
 */
export function textObject(store, object) {
  if (!object || typeof object.text !== 'string') return fragment();
  if (object.type === 'mrkdwn') return mrkdwn(store, object.text);
  const literal = decode(object.text);
  return fragment(object.emoji === false ? literal : withEmoji(literal));
}
