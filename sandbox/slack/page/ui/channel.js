import { post } from '../core/api.js';
import { h } from '../core/dom.js';
import { channelMessages } from '../core/store.js';
import { composer } from './composer.js';
import { icon } from './icons.js';
import { drawMessages } from './message-list.js';

/**
 * The middle pane: a channel's head, its messages and its composer.
 * @param {import('../core/store.js').Store} store
 */
export function channelPane(store) {
  const title = h('h1', { class: 'pane-title' });
  const topic = h('span', { class: 'pane-topic' });
  const members = h('span', { class: 'pane-members' });
  const invite = h(
    'button',
    {
      type: 'button',
      class: 'button button-small',
      onclick: () => void post('invite', { user: store.ui.user, channel: store.ui.channel }),
    },
    `Add ${store.state.app.name}`,
  );
  const list = h('div', { class: 'messages', role: 'list' });
  const empty = h('p', { class: 'empty' });
  const scroller = h('div', { class: 'scroller', role: 'log', tabindex: 0 }, empty, list);
  const status = h('div', { class: 'status-line', role: 'status' });
  const drawer = h(
    'button',
    {
      type: 'button',
      class: 'tool drawer-button',
      'aria-label': 'Open sidebar',
      onclick: () => store.show({ drawer: true }),
    },
    icon('menu'),
  );
  const channel = () => store.channel(store.ui.channel);
  const field = composer(store, { label: () => `Message #${channel()?.name ?? ''}`, thread: () => null });
  /** @param {import('../core/types.js').Channel} one */
  const nameOfChannel = (one) => (one.is_im ? store.state.app.name : one.name);
  let shown = '';
  const node = h(
    'main',
    { class: 'pane pane-channel' },
    h(
      'header',
      { class: 'pane-head' },
      drawer,
      h('div', { class: 'pane-names' }, title, topic),
      invite,
      members,
    ),
    scroller,
    status,
    field.node,
  );
  return {
    node,
    focus: field.focus,
    redraw() {
      node.hidden = store.ui.home;
      const now = channel();
      if (!now) return;
      title.replaceChildren(
        ...(now.is_im ? [] : [icon(now.is_private ? 'lock' : 'hash')]),
        nameOfChannel(now),
      );
      invite.hidden = now.members?.includes(store.state.app.botUserId) ?? true;
      topic.textContent = now.topic ?? '';
      const count = now.members?.length ?? 0;
      members.replaceChildren(icon('people'), String(count));
      members.setAttribute('aria-label', `${count} members`);
      scroller.setAttribute('aria-label', `Messages in #${now.name}`);
      const messages = channelMessages(store, now.id);
      const [command] = store.state.app.commands;
      const hint = command === undefined ? '' : ` Type ${command.command} to ask ${store.state.app.name}.`;
      empty.textContent = messages.length === 0 ? `This is the very beginning of #${now.name}.${hint}` : '';
      empty.hidden = messages.length > 0;
      field.redraw();
      const key = `${now.id} ${store.ui.user}`;
      drawMessages(store, list, messages, { inThread: false, scroller, fresh: shown !== key });
      shown = key;
      if (!store.state.connected) status.textContent = `${store.state.app.name} is not connected.`;
      else status.textContent = '';
    },
  };
}
