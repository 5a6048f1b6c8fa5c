import type { WebClient } from '@slack/web-api';
import type { Message } from '#blocks/message.ts';
import type { EnvironmentSummary } from '#commands/command.ts';
import type { Asker, Bot } from './deps.ts';
import { accessUnknownMessage, strangerMessage } from './text.ts';

/** Somebody may not ask this here. */
export class Refused extends Error {
  override name = 'Refused';
  readonly shown: Message;
  constructor(reason: string, shown: Message) {
    super(reason);
    this.shown = shown;
  }
}

/** Whether somebody may ask could not be told: perhaps it can in a while. */
export class NotTold extends Refused {
  override name = 'NotTold';
}

/**
 * What this person may look at, given who will see the answer. Asked on every command, click, submission, menu,
 * mention and shortcut, since rights and groups change. Whatever cannot be checked is refused.
 * @throws Refused
 */
export async function admit(
  bot: Bot,
  client: WebClient,
  asker: Asker,
): Promise<readonly EnvironmentSummary[]> {
  let home: boolean;
  let environments: readonly EnvironmentSummary[];
  bot.people.named(asker.person);
  try {
    home = await bot.people.isHome(client, asker.person);
    environments = home
      ? await bot.deps.environmentsFor(asker, (group) => bot.people.membersOf(client, group))
      : [];
  } catch (error) {
    bot.log.error({ err: error, user: asker.person.id }, 'Access could not be checked');
    throw new NotTold('access could not be checked', accessUnknownMessage());
  }
  if (!home) throw new Refused('of another workspace', strangerMessage());
  return environments;
}
