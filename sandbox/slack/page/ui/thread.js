import { h } from '../core/dom.js';
import { threadMessages } from '../core/store.js';
import { composer } from './composer.js';
import { icon } from './icons.js';
import { drawMessages } from './message-list.js';

/**
 * The right pane: one thread.
 * @param {import('../core/store.js').Store} store
 */
export function threadPane(store) {
  const where = h('span', { class: 'pane-topic' });
  const first = h('div', { class: 'messages', role: 'list' });
  const count = h('div', { class: 'thread-count', role: 'separator' });
  const list = h('div', { class: 'messages', role: 'list' });
  const status = h('div', { class: 'status-line', role: 'status' });
  const scroller = h(
    'div',
    { class: 'scroller', role: 'log', 'aria-label': 'Thread messages', tabindex: 0 },
    first,
    count,
    list,
  );
  const field = composer(store, { label: () => 'Reply…', thread: () => store.ui.thread });
  const close = () => store.show({ thread: null });
  const node = h(
    'aside',
    {
      class: 'pane pane-thread',
      'aria-label': 'Thread',
      hidden: true,
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) close();
      },
    },
    h(
      'header',
      { class: 'pane-head' },
      h(
        'button',
        { type: 'button', class: 'tool thread-back', 'aria-label': 'Back to channel', onclick: close },
        icon('back'),
      ),
      h('div', { class: 'pane-names' }, h('h2', { class: 'pane-title' }, 'Thread'), where),
      h(
        'button',
        { type: 'button', class: 'tool thread-close', 'aria-label': 'Close thread', onclick: close },
        icon('close'),
      ),
    ),
    scroller,
    status,
    field.node,
  );
  let shown = '';
  return {
    node,
    redraw() {
      const { thread, channel } = store.ui;
      node.hidden = thread === null || store.ui.home;
      if (thread === null) {
        shown = '';
        return;
      }
      const { root, replies } = threadMessages(store, channel, thread);
      where.textContent = `#${store.channel(channel)?.name ?? ''}`;
      const key = `${channel} ${thread}`;
      const fresh = shown !== key;
      drawMessages(store, first, root ? [root] : [], { inThread: true, scroller, fresh: false });
      const shared = replies.filter((one) => !one.to).length;
      count.textContent = shared === 0 ? '' : `${shared} ${shared === 1 ? 'reply' : 'replies'}`;
      count.hidden = shared === 0;
      drawMessages(store, list, replies, { inThread: true, scroller, fresh });
      status.textContent = root?.status ? `${store.state.app.name} ${root.status}` : '';
      field.redraw();
      if (fresh) {
        field.clear();
        field.focus();
      }
      shown = key;
    },
  };
}
