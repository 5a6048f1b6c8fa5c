import type { RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Message } from '#blocks/message.ts';
import type { EnvironmentSummary, Request } from '#commands/command.ts';
import type { Bot, Entry } from './deps.ts';
import type { Person } from './people.ts';
import type { Place, Posted } from './post.ts';
import type { Tell } from './private.ts';

/** A question, however it came in. */
export interface Ask {
  entry: Entry;
  client: WebClient;
  person: Person;
  /** Where the answer goes; who sees it decides what may be asked. */
  place: Place;
  /** Where a private word goes, if elsewhere: Slack shows one in a thread only when the thread has begun. */
  whisperIn?: Place;
  respond?: RespondFn | undefined;
  /** How a command is begun there, `/ecs` or a mention: suggestions are shown ready to be typed. */
  prefix: string;
  /** What was typed, where something was. */
  typed?: string;
  /** Reads the question, once it is known what the asker may look at. @throws UsageError */
  read(environments: readonly EnvironmentSummary[]): Request | Promise<Request>;
  /** A message that the answer takes the place of. */
  onto?: Posted | undefined;
  /** What can be typed there, for a question that was not understood. */
  hint?: () => string;
  /** Shown below the answer. */
  below?: Message['blocks'];
}

/** A question that has been read, with all that its answer needs. */
export interface Answering {
  bot: Bot;
  ask: Ask;
  tell: Tell;
  request: Request;
  environments: readonly EnvironmentSummary[];
}
