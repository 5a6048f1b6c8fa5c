import { renderBlocks } from '../block-kit/index.js';
import { h } from '../core/dom.js';
import { SLACKBOT } from '../core/store.js';
import { createSurface } from '../core/surface.js';
import { ago, clock, dateOf, fullTime } from '../core/time.js';
import { emoji } from '../text/emoji.js';
import { mrkdwn } from '../text/mrkdwn.js';
import { avatar, nameOf } from './avatar.js';
import { icon } from './icons.js';
import { toolbar } from './message-toolbar.js';
import { sharedFile } from './snippet.js';

/**
 * One message, in the channel or in a thread.
 * @typedef {import('../core/types.js').Message} Message
 * @typedef {import('../core/store.js').Store} Store
 */

/** Slack draws a run of one author's messages under a single name when they follow within this time. */
const RUN_SECONDS = 300;

/** @param {Message | undefined} before @param {Message} message */
export function continues(before, message) {
  return (
    before !== undefined &&
    before.user === message.user &&
    before.username === message.username &&
    before.to === message.to &&
    before.subtype === message.subtype &&
    Number(message.ts) - Number(before.ts) < RUN_SECONDS &&
    dateOf(before.ts).getDate() === dateOf(message.ts).getDate()
  );
}

/** @param {Message} message */
const reactions = (message) =>
  message.reactions &&
  h(
    'div',
    { class: 'reactions' },
    message.reactions.map((one) => h('span', { class: 'reaction' }, emoji(one.name), ` ${one.count}`)),
  );

/** Slack's older way to add content below a message. @param {Store} store @param {Message} message */
function attachments(store, message) {
  return (message.attachments ?? []).map((one) => {
    const surface = createSurface(store, 'message', {
      type: 'message',
      channel: message.channel,
      ts: message.ts,
    });
    const content = one.blocks
      ? renderBlocks(one.blocks, surface)
      : mrkdwn(store, one.text ?? one.fallback ?? '');
    return h('div', { class: 'attachment' }, content);
  });
}

/** @param {Store} store @param {Message} message */
function body(store, message) {
  const edited =
    message.edited && h('span', { class: 'edited', title: fullTime(dateOf(message.edited.ts)) }, ' (edited)');
  if (message.deleted) return h('div', { class: 'text muted' }, 'This message was deleted.');
  const files = [(message.files ?? []).map(sharedFile), attachments(store, message), reactions(message)];
  const running = message.streaming && h('span', { class: 'muted', role: 'status' }, ' writing…');
  if (message.blocks && message.blocks.length > 0) {
    const surface = createSurface(store, 'message', {
      type: 'message',
      channel: message.channel,
      ts: message.ts,
    });
    return [renderBlocks(message.blocks, surface), edited, running, files];
  }
  const text = message.text
    ? h('div', { class: 'text' }, mrkdwn(store, message.text), edited, running)
    : [edited, running];
  return [text, files];
}

/** @param {Store} store @param {Message} message */
function replies(store, message) {
  const all = store.state.messages.filter(
    (one) => one.channel === message.channel && one.thread_ts === message.ts && one.ts !== message.ts,
  );
  const count = Math.max(message.reply_count ?? 0, all.length);
  if (count === 0) return null;
  const last = all
    .map((one) => one.ts)
    .sort()
    .at(-1);
  const authors = [...new Set(all.map((one) => one.user))].slice(0, 4);
  return h(
    'button',
    {
      type: 'button',
      class: 'replies',
      onclick: () => store.show({ thread: message.ts, channel: message.channel }),
    },
    h(
      'span',
      { class: 'replies-faces' },
      authors.map((user) => avatar(store, user, 'small')),
    ),
    h('span', { class: 'replies-count' }, `${count} ${count === 1 ? 'reply' : 'replies'}`),
    last && h('span', { class: 'muted' }, `Last reply ${ago(dateOf(last))}`),
  );
}

/** @param {Store} store @param {Message} message */
function privacy(store, message) {
  if (!message.to) return null;
  /** @param {Message} gone */
  const dismiss = (gone) => {
    store.state.ephemerals = store.state.ephemerals.filter((one) => one !== gone);
    store.changed();
  };
  return h(
    'div',
    { class: 'privacy' },
    icon('eye'),
    'Only visible to you',
    h('button', { type: 'button', class: 'link', onclick: () => dismiss(message) }, 'Dismiss'),
  );
}

/**
 * @param {Store} store
 * @param {Message} message
 * @param {{ compact: boolean, inThread: boolean }} how
 */
export function messageNode(store, message, how) {
  const date = dateOf(message.ts);
  const name = nameOf(store, message.user, message.username);
  const isApp = message.bot_id !== undefined || message.user === store.state.app.botUserId;
  const time = h('time', { class: 'time', datetime: date.toISOString(), title: fullTime(date) }, clock(date));
  const head = h(
    'div',
    { class: 'message-head' },
    h('span', { class: 'author' }, name),
    isApp && message.user !== SLACKBOT && h('span', { class: 'badge' }, 'APP'),
    time,
  );
  return h(
    'article',
    {
      class: `message${how.compact ? ' message-compact' : ''}${message.to ? ' message-private' : ''}`,
      'aria-label': `${name}, ${clock(date)}`,
      'data-ts': message.ts,
    },
    privacy(store, message),
    h(
      'div',
      { class: 'message-side' },
      how.compact
        ? h('time', { class: 'time time-side', 'aria-hidden': 'true' }, clock(date))
        : avatar(store, message.user),
    ),
    h(
      'div',
      { class: 'message-main' },
      how.compact ? null : head,
      body(store, message),
      how.inThread ? null : replies(store, message),
    ),
    toolbar(store, message, how.inThread),
  );
}
