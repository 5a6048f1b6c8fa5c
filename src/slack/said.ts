import type { Message } from '#blocks/message.ts';
import { failureMessage, refusalMessage } from '#blocks/refusal.ts';
import { type Answer, CannotLook, type Request, type UsageError } from '#commands/command.ts';
import type { Answering } from './ask.ts';
import type { Bot } from './deps.ts';
import type { Rendering } from './render.ts';
import { newReference } from './text.ts';

/** How an answer is to look where it goes; `hidden`: nobody but the asker sees it. */
export function renderingOf(
  { bot, request, environments }: Pick<Answering, 'bot' | 'request' | 'environments'>,
  hidden: boolean,
): Rendering {
  return { request, environments, topics: bot.deps.topics, private: hidden, bot: bot.identity().name };
}

/** What was wrong with a question, and what could be typed instead: only what would be understood. */
export function usageMessage(
  { bot, ask }: Pick<Answering, 'bot' | 'ask'>,
  error: UsageError,
  request: Request | undefined,
): Message {
  const known = new Set(bot.deps.topics.map(({ name }) => name));
  const suggestions = error.suggestions
    .map((suggestion) => {
      const [first = ''] = suggestion.split(' ');
      return known.has(first) || request === undefined ? suggestion : `${request.command} ${suggestion}`;
    })
    .map((suggestion) => `${ask.prefix} ${suggestion}`);
  return refusalMessage({
    message: error.message,
    suggestions,
    ...(ask.hint === undefined ? {} : { hint: ask.hint() }),
  });
}

/** What came of a question. */
export interface Outcome {
  /** What was found, for the audit. */
  detail: string;
  calls?: number;
  failed?: boolean;
}

export function outcomeOf(found: Answer): Outcome {
  if (found.kind !== 'report') return { detail: found.kind };
  const { verdict, aws } = found.report;
  return { detail: [verdict.state, verdict.cause].filter(Boolean).join(' '), calls: aws.calls };
}

/** What is said of an error; the log gets the whole of it. */
export function failure(bot: Bot, error: unknown): Message {
  const reference = newReference();
  bot.log.error({ err: error, reference }, 'A question could not be answered');
  if (error instanceof CannotLook) return failureMessage(error.message, reference);
  return failureMessage('The question could not be answered: something inside the bot failed.', reference);
}
