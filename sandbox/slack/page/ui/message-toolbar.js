import { post } from '../core/api.js';
import { h } from '../core/dom.js';
import { complain } from '../elements/act.js';
import { icon } from './icons.js';
import { openMenu } from './menu.js';

/**
 * What hovers over a message: reply in thread, and the ⋯ menu with the app's message shortcuts.
 * @typedef {import('../core/types.js').Message} Message
 * @typedef {import('../core/store.js').Store} Store
 */

/** @param {Store} store @param {Message} message @param {string} callbackId */
async function runShortcut(store, message, callbackId) {
  const answer = await post('shortcut', {
    user: store.ui.user,
    callback_id: callbackId,
    channel: message.channel,
    ts: message.ts,
  });
  complain(answer, store.ui.thread === null);
}

/** @param {Store} store @param {Message} message @param {boolean} inThread */
export function toolbar(store, message, inThread) {
  // Slack offers neither replies nor shortcuts on what only one person sees.
  if (message.to) return null;
  const { app } = store.state;
  const shortcuts = app.shortcuts.filter((one) => one.type === 'message');
  const more = h(
    'button',
    {
      type: 'button',
      class: 'tool',
      'aria-label': 'More actions',
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      title: 'More actions',
      onclick: () =>
        openMenu(
          more,
          'Message actions',
          [
            ...(shortcuts.length > 0 ? [{ heading: 'Message shortcuts' }] : []),
            ...shortcuts.map((one) => ({
              label: one.name,
              detail: app.name,
              pick: () => void runShortcut(store, message, one.callback_id),
            })),
            { heading: 'Message' },
            { label: 'Copy text', pick: () => void navigator.clipboard?.writeText(message.text) },
          ],
          { align: 'end' },
        ),
    },
    icon('dots'),
  );
  return h(
    'div',
    { class: 'toolbar', role: 'group', 'aria-label': 'Message actions' },
    !inThread &&
      h(
        'button',
        {
          type: 'button',
          class: 'tool',
          'aria-label': 'Reply in thread',
          title: 'Reply in thread',
          onclick: () => store.show({ thread: message.thread_ts ?? message.ts }),
        },
        icon('reply'),
      ),
    more,
  );
}
