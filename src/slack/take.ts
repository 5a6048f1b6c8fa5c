import { answer } from './answer.ts';
import type { Ask } from './ask.ts';
import type { Bot } from './deps.ts';
import { createTell } from './private.ts';
import { busyMessage } from './text.ts';

/** Takes a question into work, or says that there is too much of it. Returns at once. */
export function take(bot: Bot, ask: Ask): void {
  if (bot.work.start(() => answer(bot, ask))) return;
  bot.log.warn({ inWork: bot.work.size() }, 'A question was turned away: too much is in work');
  void createTell({ ...bot, ...ask, place: ask.whisperIn ?? ask.place })(busyMessage());
}

/**
 * Acknowledges before anything else. A link that is just being renewed cannot carry it; the question is answered
 * all the same.
 */
export async function acknowledge(bot: Bot, ack: () => Promise<void>): Promise<void> {
  try {
    await ack();
  } catch (error) {
    bot.log.warn({ err: error }, 'An acknowledgement could not be sent');
  }
}
