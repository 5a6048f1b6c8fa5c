import type { WebClient } from '@slack/web-api';
import type { Request } from '#commands/command.ts';
import { admit, Refused } from './admit.ts';
import type { Bot } from './deps.ts';
import type { Person } from './people.ts';
import type { Tell } from './private.ts';
import { readRequest } from './read-request.ts';

interface Presser {
  client: WebClient;
  person: Person;
  channel?: string | undefined;
  tell: Tell;
}

/**
 * Whether somebody may look at what a button is about, from where it stands: for presses that ask no question, and so
 * are not checked on the way to its answer. Who may not is told.
 */
export async function mayPress(
  bot: Bot,
  { client, person, channel, tell }: Presser,
  request: Request,
): Promise<boolean> {
  try {
    const environments = await admit(bot, client, { person, ...(channel === undefined ? {} : { channel }) });
    await readRequest(bot, { read: () => request }, environments);
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const seen = channel === undefined ? {} : { channel };
    bot.deps.audit({
      entry: 'button',
      person,
      ...seen,
      request,
      outcome: 'refused',
      detail: error.message,
    });
    await tell(error.shown);
    return false;
  }
}
