import { section } from './elements.ts';
import { mrkdwn } from './escape.ts';
import { own } from './limits.ts';
import type { Message } from './message.ts';

/** What was done, in a sentence. Fit for an ephemeral answer. */
export function doneMessage(said: string): Message {
  const text = mrkdwn(said, own.evidence);
  return { text, blocks: [section(text)] };
}
