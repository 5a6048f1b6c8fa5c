import { h } from '../core/dom.js';
import { SLACKBOT } from '../core/store.js';

/** @typedef {import('../core/store.js').Store} Store */

const HUES = 7;

/** @param {string} id */
function hue(id) {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) % 997;
  return (sum % HUES) + 1;
}

/** @param {string} name */
function initials(name) {
  const parts = name.split(/[\s._-]+/).filter(Boolean);
  return ((parts[0]?.[0] ?? '?') + (parts.length > 1 ? (parts.at(-1)?.[0] ?? '') : '')).toUpperCase();
}

/** A square with initials; apps and Slackbot have a sign of their own. @param {Store} store @param {string} userId @param {string} [size] */
export function avatar(store, userId, size = 'large') {
  const user = store.user(userId);
  const bot = userId === store.state.app.botUserId || user?.is_bot;
  const node = h('span', { class: `avatar avatar-${size}`, 'aria-hidden': 'true' });
  if (userId === SLACKBOT) {
    node.classList.add('avatar-slackbot');
    node.textContent = 'S';
  } else if (bot) {
    node.classList.add('avatar-app');
    node.append(h('img', { src: 'icon.svg', alt: '' }));
  } else {
    node.setAttribute('data-hue', String(hue(userId)));
    node.textContent = initials(user?.real_name || user?.name || userId);
    if (user?.color) node.style.background = user.color.startsWith('#') ? user.color : `#${user.color}`;
  }
  return node;
}

/** @param {Store} store @param {string} userId @param {string} [override] */
export function nameOf(store, userId, override) {
  if (override) return override;
  if (userId === SLACKBOT) return 'Slackbot';
  const user = store.user(userId);
  if (userId === store.state.app.botUserId) return store.state.app.name;
  return user?.real_name || user?.name || userId;
}
