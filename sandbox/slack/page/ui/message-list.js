import { h, reconcile } from '../core/dom.js';
import { dateOf, dayName } from '../core/time.js';
import { continues, messageNode } from './message.js';

/**
 * Messages in order, with a line between days. Only what changed is drawn again, and the list stays at its foot while
 * the reader is there.
 * @typedef {import('../core/types.js').Message} Message
 * @typedef {import('../core/store.js').Store} Store
 * @typedef {{ key: string, version: string, message: Message, compact: boolean, day: string | null }} Item
 */

const NEAR_FOOT_PX = 80;
/** Messages that were drawn, numbered, so that a changed object is a changed version. @type {WeakMap<Message, number>} */
const numbers = new WeakMap();
let drawn = 0;

/** @param {Message} message */
function numberOf(message) {
  const known = numbers.get(message);
  if (known !== undefined) return known;
  drawn += 1;
  numbers.set(message, drawn);
  return drawn;
}

/** @param {Store} store @param {Message[]} messages @param {boolean} inThread @returns {Item[]} */
function itemsOf(store, messages, inThread) {
  return messages.map((message, index) => {
    const before = messages[index - 1];
    const compact = continues(before, message);
    const day = dayName(dateOf(message.ts));
    const newDay = !inThread && (!before || dayName(dateOf(before.ts)) !== day);
    const replies = inThread
      ? 0
      : store.state.messages.filter((one) => one.thread_ts === message.ts && one.channel === message.channel)
          .length;
    return {
      key: `${message.channel} ${message.ts} ${message.to ?? ''}`,
      version: [numberOf(message), compact, newDay && day, replies, store.ui.user].join(' '),
      message,
      compact,
      day: newDay ? day : null,
    };
  });
}

/**
 * @param {Store} store
 * @param {HTMLElement} list
 * @param {Message[]} messages
 * @param {{ inThread: boolean, scroller: HTMLElement, fresh: boolean }} how `fresh`: another channel or thread is shown
 */
export function drawMessages(store, list, messages, how) {
  const { scroller } = how;
  const atFoot = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_FOOT_PX;
  reconcile(list, itemsOf(store, messages, how.inThread), {
    key: (item) => item.key,
    version: (item) => item.version,
    render: (item) =>
      h(
        'div',
        { class: 'message-slot', role: 'listitem' },
        item.day &&
          h('div', { class: 'day', role: 'separator', 'aria-label': item.day }, h('span', null, item.day)),
        messageNode(store, item.message, { compact: item.compact, inThread: how.inThread }),
      ),
  });
  if (how.fresh || atFoot) showLast(list, scroller);
}

/**
 * The foot of the list, except where the last message is taller than the window: its verdict stands at its head.
 * @param {HTMLElement} list @param {HTMLElement} scroller
 */
function showLast(list, scroller) {
  scroller.scrollTop = scroller.scrollHeight;
  const last = list.lastElementChild;
  const hidden = last ? scroller.getBoundingClientRect().top - last.getBoundingClientRect().top : 0;
  if (hidden > 0) scroller.scrollTop -= hidden;
}
