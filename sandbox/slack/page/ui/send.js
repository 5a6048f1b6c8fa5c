import { post } from '../core/api.js';
import { slackbotSays } from '../core/events.js';
import { reason } from '../elements/act.js';
import { outgoing } from '../text/outgoing.js';

/**
 * Sends what was typed: a command or a message.
 * @typedef {import('../core/store.js').Store} Store
 */

/** @param {Store} store @param {string} text @param {string | null} thread */
async function sendCommand(store, text, thread) {
  const { user, channel } = store.ui;
  const [, command = '', rest = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(text) ?? [];
  const where = thread ? { thread_ts: thread } : {};
  if (!store.state.app.commands.some((one) => one.command === command)) {
    slackbotSays(store, {
      user,
      channel,
      ...where,
      text: `\`${command}\` is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.`,
    });
    return false;
  }
  const known = store.state.app.commands.find((one) => one.command === command);
  const said = known?.should_escape ? outgoing(store, rest.trim()) : rest.trim();
  const answer = await post('command', { user, channel, command, text: said, ...where });
  if (answer.ok !== false) return true;
  const error = answer.error ?? 'unknown';
  // A sentence is Slack's own wording; a bare code is one that Slackbot puts into words.
  slackbotSays(store, {
    user,
    channel,
    ...where,
    text: error.includes(' ') ? error : `${command} failed with the error "${error}"`,
  });
  return false;
}

/** @param {Store} store @param {string} text @param {string | null} thread */
async function sendMessage(store, text, thread) {
  const { user, channel } = store.ui;
  const answer = await post('message', {
    user,
    channel,
    text: outgoing(store, text),
    ...(thread ? { thread_ts: thread } : {}),
  });
  if (answer.ok !== false) return true;
  slackbotSays(store, {
    user,
    channel,
    ...(thread ? { thread_ts: thread } : {}),
    text: `The message was not sent. ${reason(answer.error)}`,
  });
  return false;
}

/**
 * @param {Store} store
 * @param {string} typed
 * @param {string | null} thread
 * @returns {Promise<boolean>} false when it was refused, so that the text can be given back
 */
export function send(store, typed, thread) {
  return typed.startsWith('/') ? sendCommand(store, typed, thread) : sendMessage(store, typed, thread);
}
