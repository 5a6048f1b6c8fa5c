/**
 * What the page knows. One object, changed only here, and a list of listeners that draw it.
 * @typedef {import('./types.js').State} State
 * @typedef {import('./types.js').Message} Message
 * @typedef {import('./types.js').View} View
 */

/**
 * @typedef {object} Ui
 * @property {string} user who sits at the screen
 * @property {string} channel
 * @property {string | null} thread root ts of the open thread
 * @property {boolean} home the app's Home is open instead of a channel
 * @property {boolean} drawer the sidebar is open on a phone
 * @property {boolean} line the event stream is up
 */

export const SLACKBOT = 'USLACKBOT';

/** @param {State} state @param {Partial<Ui>} wanted */
export function createStore(state, wanted) {
  const people = state.users.filter((user) => !user.is_bot && user.id !== SLACKBOT);
  const store = {
    state,
    /** @type {Ui} */
    ui: {
      user: people.find((user) => user.id === wanted.user)?.id ?? people[0]?.id ?? '',
      channel:
        state.channels.find((channel) => channel.id === wanted.channel)?.id ?? state.channels[0]?.id ?? '',
      thread: wanted.thread ?? null,
      home: wanted.home ?? false,
      drawer: false,
      line: true,
    },
    /** Channels with something new in them that the reader has not opened. @type {Set<string>} */
    unread: new Set(),
    /** @type {Set<() => void>} */
    listeners: new Set(),
    /** @param {() => void} listener */
    subscribe(listener) {
      store.listeners.add(listener);
    },
    changed() {
      for (const listener of store.listeners) listener();
    },
    /** @param {Partial<Ui>} change */
    show(change) {
      Object.assign(store.ui, change);
      store.unread.delete(store.ui.channel);
      store.changed();
    },
    /** @param {State} fresh */
    replace(fresh) {
      const notes = store.state.ephemerals.filter((message) => message.local);
      store.state = { ...fresh, ephemerals: [...fresh.ephemerals, ...notes] };
      store.changed();
    },
    /** @param {string} id */
    user: (id) => store.state.users.find((user) => user.id === id),
    /** @param {string} id */
    channel: (id) => store.state.channels.find((channel) => channel.id === id),
    /** The open modals of the reader, the one on top last. @returns {View[]} */
    views: () => store.state.views.filter((entry) => entry.user === store.ui.user).map((entry) => entry.view),
    /** What the reader may open: private channels and direct messages only as a member. */
    channels: () =>
      store.state.channels.filter(
        (channel) => !(channel.is_private || channel.is_im) || channel.members?.includes(store.ui.user),
      ),
    people: () => store.state.users.filter((user) => !user.is_bot && user.id !== SLACKBOT),
  };
  return store;
}

/** @typedef {ReturnType<typeof createStore>} Store */

/** @param {Message} message */
const isReply = (message) => message.thread_ts !== undefined && message.thread_ts !== message.ts;

/** Slack leaves a mark in place of a deleted message only where a thread hangs from it. @param {Message} message */
const isShown = (message) => !message.deleted || (message.reply_count ?? 0) > 0;

/** @param {Message} a @param {Message} b */
const byTime = (a, b) => (a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0);

/** What the reader sees in the channel itself. @param {Store} store @param {string} channel */
export function channelMessages(store, channel) {
  const shared = store.state.messages.filter(
    (message) => message.channel === channel && (!isReply(message) || message.subtype === 'thread_broadcast'),
  );
  const private_ = store.state.ephemerals.filter(
    (message) => message.channel === channel && message.to === store.ui.user && !message.thread_ts,
  );
  return [...shared, ...private_].filter(isShown).sort(byTime);
}

/** @param {Store} store @param {string} channel @param {string} root */
export function threadMessages(store, channel, root) {
  const shared = store.state.messages.filter(
    (message) => message.channel === channel && message.thread_ts === root,
  );
  const first = store.state.messages.find((message) => message.channel === channel && message.ts === root);
  const private_ = store.state.ephemerals.filter(
    (message) => message.channel === channel && message.thread_ts === root && message.to === store.ui.user,
  );
  const replies = [...shared.filter((message) => message.ts !== root), ...private_].filter(isShown);
  return { root: first, replies: replies.sort(byTime) };
}
