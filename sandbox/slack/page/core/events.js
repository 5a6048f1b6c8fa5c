import { SLACKBOT } from './store.js';

/**
 * Events of the simulator, applied to the store.
 * @typedef {import('./types.js').Message} Message
 * @typedef {import('./store.js').Store} Store
 */

/** A refusal comes both as an event and as the answer; within this time it is one note. */
const SAME_SECONDS = 3;

/** @param {Message[]} list @param {Message} message */
function upsert(list, message) {
  const at = list.findIndex((one) => one.channel === message.channel && one.ts === message.ts);
  if (at < 0) list.push(message);
  else list[at] = message;
}

/** @param {Message[]} list @param {{ channel: string, ts: string }} gone */
const without = (list, gone) => list.filter((one) => one.channel !== gone.channel || one.ts !== gone.ts);

/**
 * What Slackbot tells one user privately. Slack's client draws these itself; they are not messages of the channel.
 * @param {Store} store
 * @param {{ user: string, channel: string, text: string, thread_ts?: string }} note
 */
export function slackbotSays(store, note) {
  const ts = (Date.now() / 1000).toFixed(6);
  const same = store.state.ephemerals.find(
    (one) =>
      one.local &&
      one.text === note.text &&
      one.to === note.user &&
      Number(ts) - Number(one.ts) < SAME_SECONDS,
  );
  if (same && (same.thread_ts || !note.thread_ts)) return;
  // The one that knows the thread stands for both.
  if (same) store.state.ephemerals = store.state.ephemerals.filter((one) => one !== same);
  store.state.ephemerals.push({
    channel: note.channel,
    ts,
    user: SLACKBOT,
    username: 'Slackbot',
    text: note.text,
    to: note.user,
    local: true,
    ...(note.thread_ts ? { thread_ts: note.thread_ts } : {}),
  });
  store.changed();
}

/** @param {Store} store @param {Record<string, any>} event */
function applyStatus(store, event) {
  const root = store.state.messages.find(
    (one) => one.channel === event.channel && one.ts === event.thread_ts,
  );
  if (root) upsert(store.state.messages, { ...root, status: event.text });
}

/** @type {Record<string, (store: Store, event: Record<string, any>) => void>} */
const HANDLERS = {
  message(store, event) {
    const message = event.message ?? event;
    upsert(store.state.messages, message);
    const seen = message.channel === store.ui.channel && !store.ui.home;
    if (!seen && message.user !== store.ui.user) store.unread.add(message.channel);
  },
  message_deleted(store, event) {
    const gone = { channel: event.channel, ts: event.ts };
    store.state.messages = without(store.state.messages, gone);
    store.state.ephemerals = without(store.state.ephemerals, gone);
  },
  ephemeral: (store, event) => upsert(store.state.ephemerals, event.message),
  ephemeral_deleted(store, event) {
    store.state.ephemerals = without(store.state.ephemerals, { channel: event.channel, ts: event.ts });
  },
  channel(store, event) {
    const others = store.state.channels.filter((one) => one.id !== event.channel.id);
    const known = others.length < store.state.channels.length;
    store.state.channels = known
      ? store.state.channels.map((one) => (one.id === event.channel.id ? event.channel : one))
      : [...others, event.channel];
  },
  warning(store, event) {
    store.state.warnings = [...(store.state.warnings ?? []), event.warning];
  },
  view(store, event) {
    const others = store.state.views.filter((entry) => entry.user !== event.user);
    const views = /** @type {any[]} */ (event.views).map((view) => ({ user: event.user, view }));
    store.state.views = [...others, ...views];
  },
  home(store, event) {
    store.state.homes = { ...store.state.homes, [event.user]: event.view };
  },
  status: applyStatus,
  connected(store, event) {
    store.state.connected = event.connected;
  },
  failure: (store, event) =>
    slackbotSays(store, {
      user: event.user,
      channel: event.channel,
      text: event.text,
      ...(event.thread_ts ? { thread_ts: event.thread_ts } : {}),
    }),
};

/** @param {Store} store @param {Record<string, any>} event */
export function apply(store, event) {
  HANDLERS[event.type]?.(store, event);
  store.changed();
}
