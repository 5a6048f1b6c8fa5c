import { follow, loadState } from './core/api.js';
import { h } from './core/dom.js';
import { apply } from './core/events.js';
import { createStore } from './core/store.js';
import { channelPane } from './ui/channel.js';
import { homePane } from './ui/home.js';
import { modals } from './ui/modal.js';
import { sidebar } from './ui/sidebar.js';
import { threadPane } from './ui/thread.js';

/** What is open stands in the address, so that a reload or a link shows the same. */
function wanted() {
  const params = new URLSearchParams(location.hash.slice(1));
  return {
    user: params.get('user') ?? undefined,
    channel: params.get('channel') ?? undefined,
    thread: params.get('thread'),
    home: params.has('home'),
  };
}

/** @param {import('./core/store.js').Store} store */
function remember(store) {
  const { user, channel, thread, home } = store.ui;
  const params = new URLSearchParams({
    user,
    channel,
    ...(thread ? { thread } : {}),
    ...(home ? { home: '1' } : {}),
  });
  history.replaceState(null, '', `#${params}`);
}

async function start() {
  const root = /** @type {HTMLElement} */ (document.getElementById('app'));
  /** Events that arrive while the state is still on its way. @type {Record<string, any>[]} */
  const early = [];
  /** @type {import('./core/store.js').Store | null} */
  let ready = null;
  follow({
    event: (event) => (ready ? apply(ready, event) : early.push(event)),
    reconnected: async () => ready?.replace(await loadState()),
    line: (up) => ready?.show({ line: up }),
  });
  const state = await loadState();
  const store = createStore(state, wanted());
  const parts = [sidebar(store), channelPane(store), homePane(store), threadPane(store)];
  const drawn = [...parts, modals(store)];
  const shade = h('button', {
    type: 'button',
    class: 'shade',
    'aria-label': 'Close sidebar',
    onclick: () => store.show({ drawer: false }),
  });
  root.replaceChildren(...parts.map((part) => part.node), shade);
  store.subscribe(() => {
    const { channel, thread, home, drawer } = store.ui;
    root.setAttribute('data-pane', home ? 'home' : thread ? 'thread' : 'channel');
    root.toggleAttribute('data-drawer', drawer);
    const name = home ? store.state.app.name : `#${store.channel(channel)?.name ?? ''}`;
    document.title = `${store.unread.size > 0 ? '• ' : ''}${name} – ${store.state.team.name}`;
    for (const part of drawn) part.redraw();
    remember(store);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && store.ui.drawer) store.show({ drawer: false });
  });
  store.changed();
  ready = store;
  for (const event of early) apply(store, event);
}

start().catch((error) => {
  document
    .getElementById('app')
    ?.replaceChildren(
      h('p', { class: 'empty', role: 'alert' }, `The workspace could not be loaded: ${error}`),
    );
});
