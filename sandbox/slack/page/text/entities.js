import { h } from '../core/dom.js';
import { formatDate, fullTime } from '../core/time.js';
import { withDrawnSigns } from './emoji.js';

/**
 * What stands between angle brackets in Slack's text: mentions, links, dates.
 * @typedef {import('../core/store.js').Store} Store
 */

/** The three entities that Slack escapes. `&amp;` last, so that `&amp;lt;` stays `&lt;`. @param {string} text */
export const decode = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Only what a browser opens harmlessly. @param {string} url */
export function safeUrl(url) {
  try {
    const parsed = new URL(url, location.href);
    return ['http:', 'https:', 'mailto:'].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

/** @param {string} url @param {import('../core/dom.js').Child} label */
export function link(url, label) {
  const href = safeUrl(url);
  if (!href) return h('span', null, label);
  return h('a', { href, target: '_blank', rel: 'noopener noreferrer', class: 'link' }, label);
}

/** @param {Store} store @param {string} id */
export function userMention(store, id) {
  const user = store.user(id);
  const own = id === store.ui.user;
  const name =
    user?.real_name || user?.name || (id === store.state.app.botUserId ? store.state.app.name : id);
  return h('span', { class: own ? 'mention mention-self' : 'mention', 'data-user': id }, `@${name}`);
}

/** @param {Store} store @param {string} id @param {string} [label] */
export function groupMention(store, id, label) {
  const group = store.state.groups.find((one) => one.id === id);
  const own = group?.users.includes(store.ui.user);
  const handle = group?.handle ?? label?.replace(/^@/, '') ?? id;
  return h('span', { class: own ? 'mention mention-self' : 'mention' }, `@${handle}`);
}

/** @param {Store} store @param {string} id @param {string} [label] */
export function channelMention(store, id, label) {
  const channel = store.channel(id);
  const name = `#${channel?.name ?? label ?? id}`;
  if (!channel) return h('span', { class: 'mention' }, name);
  return h(
    'button',
    {
      class: 'mention mention-channel',
      type: 'button',
      onclick: () => store.show({ channel: id, home: false }),
    },
    name,
  );
}

/** A mention that wakes everybody: marked as loudly as Slack marks it. @param {string} range */
export const broadcastMention = (range) => h('span', { class: 'mention mention-broadcast' }, `@${range}`);

/** @param {number} seconds @param {string} format @param {string} [url] */
export function dateToken(seconds, format, url) {
  const text = formatDate(seconds, format);
  const date = new Date(seconds * 1000);
  const node = h('time', { datetime: date.toISOString(), title: fullTime(date) }, text);
  return url ? link(url, node) : node;
}

/** @param {Store} store @param {string} command what follows the `!` @param {string} label */
function special(store, command, label) {
  const [name = '', ...rest] = command.split('^');
  if (['channel', 'here', 'everyone'].includes(name)) return broadcastMention(name);
  if (name === 'subteam') return groupMention(store, rest[0] ?? '', label);
  const seconds = Number(rest[0]);
  if (name === 'date' && Number.isFinite(seconds) && rest[1] !== undefined) {
    return dateToken(seconds, decode(rest[1]), rest[2] ? decode(rest[2]) : undefined);
  }
  return document.createTextNode(decode(label || name));
}

/**
 * @param {Store} store
 * @param {string} inside the text between `<` and `>`, still escaped
 * @returns {Node}
 */
export function entity(store, inside) {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? '' : inside.slice(bar + 1);
  if (/^@[UWB]\w+$/.test(target)) return userMention(store, target.slice(1));
  if (/^#C\w+$/.test(target)) return channelMention(store, target.slice(1), label);
  if (target.startsWith('!')) return special(store, target.slice(1), label);
  const url = decode(target);
  return link(url, withDrawnSigns(label === '' ? url.replace(/^mailto:/, '') : decode(label)));
}
