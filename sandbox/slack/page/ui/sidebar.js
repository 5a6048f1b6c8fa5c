import { h } from '../core/dom.js';
import { avatar } from './avatar.js';
import { icon } from './icons.js';
import { themeSwitch } from './theme.js';
import { warnings } from './warnings.js';

/**
 * The sidebar: workspace, channels, the app with the state of its connection, and who sits at the screen.
 * @typedef {import('../core/store.js').Store} Store
 */

/** @param {Store} store */
function channels(store) {
  return store.channels().map((channel) => {
    const current = channel.id === store.ui.channel && !store.ui.home;
    const unread = store.unread.has(channel.id);
    return h(
      'li',
      null,
      h(
        'button',
        {
          type: 'button',
          class: `side-item${unread ? ' side-unread' : ''}`,
          'aria-current': current ? 'page' : undefined,
          onclick: () => store.show({ channel: channel.id, home: false, thread: null, drawer: false }),
        },
        icon(channel.is_im ? 'reply' : channel.is_private ? 'lock' : 'hash'),
        h('span', { class: 'side-name' }, channel.is_im ? store.state.app.name : channel.name),
        unread && h('span', { class: 'visually-hidden' }, ', unread'),
      ),
    );
  });
}

/** @param {Store} store */
function app(store) {
  const up = store.state.connected;
  return h(
    'button',
    {
      type: 'button',
      class: 'side-item',
      'aria-current': store.ui.home ? 'page' : undefined,
      onclick: () => store.show({ home: true, thread: null, drawer: false }),
    },
    avatar(store, store.state.app.botUserId, 'small'),
    h('span', { class: 'side-name' }, store.state.app.name),
    h('span', { class: 'presence', 'data-up': String(up) }, up ? 'connected' : 'not connected'),
  );
}

/** What a user may do follows from the user groups that the app's configuration names. @param {Store} store @param {string} userId */
function rights(store, userId) {
  const groups = store.state.groups.filter((group) => group.users.includes(userId));
  return groups.length > 0
    ? `in ${groups.map((group) => `@${group.handle}`).join(', ')}`
    : 'in no user group';
}

/** @param {Store} store */
function people(store) {
  return store.people().map((user) =>
    h(
      'button',
      {
        type: 'button',
        role: 'radio',
        class: 'person',
        'aria-checked': String(user.id === store.ui.user),
        onclick: () => store.show({ user: user.id }),
      },
      avatar(store, user.id, 'medium'),
      h(
        'span',
        { class: 'person-names' },
        h('span', { class: 'side-name' }, user.real_name || user.name),
        h('span', { class: 'person-rights' }, rights(store, user.id)),
      ),
      user.id === store.ui.user && icon('check'),
    ),
  );
}

/** @param {Store} store */
export function sidebar(store) {
  const theme = themeSwitch();
  const list = h('ul', { class: 'side-list' });
  const apps = h('div', { class: 'side-list' });
  const users = h('div', { class: 'people', role: 'radiogroup', 'aria-label': 'You are' });
  const line = h('p', { class: 'side-line', role: 'status' });
  const warned = warnings(store);
  const node = h(
    'nav',
    { class: 'sidebar', 'aria-label': 'Workspace' },
    h('div', { class: 'side-head' }, h('strong', { class: 'side-team' }, store.state.team.name), theme),
    h(
      'div',
      { class: 'side-scroll' },
      h('h2', { class: 'side-title' }, 'Channels'),
      list,
      h('h2', { class: 'side-title' }, 'Apps'),
      apps,
    ),
    h('div', { class: 'side-foot' }, line, warned.node, h('h2', { class: 'side-title' }, 'You are'), users),
  );
  return {
    node,
    redraw() {
      list.replaceChildren(...channels(store));
      apps.replaceChildren(app(store));
      const focused = document.activeElement && users.contains(document.activeElement);
      users.replaceChildren(...people(store));
      if (focused) /** @type {HTMLElement | null} */ (users.querySelector('[aria-checked=true]'))?.focus();
      warned.redraw();
      line.textContent = store.ui.line ? '' : 'The workspace is not reachable; trying again.';
      node.toggleAttribute('data-open', store.ui.drawer);
    },
  };
}
