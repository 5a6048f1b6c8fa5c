import type { RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { context } from '#blocks/elements.ts';
import { mrkdwn } from '#blocks/escape.ts';
import type { Message } from '#blocks/message.ts';
import { progressMessage } from '#blocks/progress.ts';
import { failureMessage, refusalMessage } from '#blocks/refusal.ts';
import {
  type Answer,
  CannotLook,
  type EnvironmentSummary,
  type Request,
  UsageError,
} from '#commands/command.ts';
import { redact } from '#diagnostics/redact.ts';
import { admit, Refused } from './admit.ts';
import type { Bot, Entry, Use } from './deps.ts';
import { keepFollowing, once } from './follow.ts';
import type { Person } from './people.ts';
import { CannotPost, type Place, type Posted } from './post.ts';
import { createTell, type Tell } from './private.ts';
import { createProgress } from './progress.ts';
import { readRequest } from './read-request.ts';
import { type Rendered, type Rendering, renderAnswer, renderProvisional } from './render.ts';
import { run } from './run.ts';
import { targetMetadata } from './state.ts';
import { lookingTitle, newReference, onlyForYou, undelivered } from './text.ts';

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

/** Milliseconds after which a private answer announces itself: sooner it would only be in the way. */
const privatePatienceMs = 1_500;

/** Milliseconds between edits that show progress. */
const progressEveryMs = 2_000;

/**
 * Answers a question from the check of access to the last edit. Ends in an answer, a refusal or an error message,
 * always, and in a line for the audit.
 */
export async function answer(bot: Bot, ask: Ask): Promise<void> {
  const tell = createTell({ ...bot, ...ask, place: ask.whisperIn ?? ask.place });
  const began = performance.now();
  let request: Request | undefined;
  const audit = (outcome: Use['outcome'], detail?: string, calls?: number) =>
    bot.deps.audit({
      entry: ask.entry,
      person: ask.person,
      channel: ask.place.channel,
      outcome,
      ms: Math.round(performance.now() - began),
      ...(request === undefined ? {} : { request }),
      ...(detail === undefined ? {} : { detail }),
      ...(calls === undefined ? {} : { calls }),
    });

  try {
    const { person, place, client } = ask;
    const environments = await admit(bot, client, { person, channel: place.channel });
    request = await readRequest(bot, ask, environments);
    const quiet = request.options.private === true || request.command === 'help';
    const outcome = quiet
      ? await answerPrivately(bot, ask, tell, request, environments)
      : await answerInChannel(bot, ask, tell, request, environments);
    audit(outcome.failed === true ? 'failed' : 'answered', outcome.detail, outcome.calls);
  } catch (error) {
    if (error instanceof Refused) {
      await tell(error.shown);
      audit('refused', error.message);
    } else if (error instanceof UsageError) {
      await tell(usageMessage(bot, ask, error, request));
      audit('usage', await redact(error.message));
    } else {
      await tell(failure(bot, error));
      audit('failed', error instanceof Error ? error.message : String(error));
    }
  }
}

async function answerInChannel(
  bot: Bot,
  ask: Ask,
  tell: Tell,
  request: Request,
  environments: readonly EnvironmentSummary[],
): Promise<Outcome> {
  const { client, place, person } = ask;
  const rendering = renderingOf(bot, request, environments, false);
  let posted = ask.onto;
  if (posted === undefined) {
    try {
      const looking = progressMessage({ title: lookingTitle(request) });
      posted = await bot.poster.post(client, place, looking, targetMetadata(request));
      bot.unfinished.add(client, posted);
    } catch (error) {
      if (error instanceof CannotPost) return answerPrivately(bot, ask, tell, request, environments, error);
      bot.log.error({ err: error }, 'The first message could not be posted');
    }
  }
  const shown = posted;
  if (shown !== undefined) bot.threads.remember(shown, once(request));
  const progress = createProgress<Message>({
    every: progressEveryMs,
    edit: async (message) => {
      if (shown === undefined) return;
      bot.unfinished.add(client, shown);
      await bot.poster.editIfFree(client, shown, message, targetMetadata(request));
    },
  });
  try {
    const found = await run(bot, {
      request: once(request),
      person,
      environments,
      onProgress: (report) => progress.show(renderProvisional(report, rendering)),
    });
    await progress.stop();
    if (shown !== undefined) bot.unfinished.done(shown);
    const rendered = renderAnswer(found, rendering);
    const message = { ...rendered.message, blocks: [...rendered.message.blocks, ...(ask.below ?? [])] };
    const sent = await deliver(bot, ask, tell, posted, { ...rendered, message });
    if (request.options.follow === true && sent !== undefined) {
      keepFollowing(bot, found, { client, person, posted: sent, request: once(rendered.request), rendering });
    }
    return outcomeOf(found);
  } catch (error) {
    await progress.stop();
    if (shown !== undefined) bot.unfinished.done(shown);
    if (ask.onto !== undefined || shown === undefined) throw error;
    // A question that cannot be carried out leaves nothing in the channel; whoever asked is told why.
    if (error instanceof UsageError && (await bot.poster.remove(client, shown))) throw error;
    const said = error instanceof UsageError ? usageMessage(bot, ask, error, request) : failure(bot, error);
    await bot.poster.edit(client, shown, said);
    return { detail: error instanceof Error ? error.message : String(error), failed: true };
  }
}

async function deliver(
  bot: Bot,
  ask: Ask,
  tell: Tell,
  posted: Posted | undefined,
  { message, file, request }: Rendered,
): Promise<Posted | undefined> {
  const { client, place } = ask;
  const metadata = targetMetadata(request);
  try {
    const sent =
      posted === undefined
        ? await bot.poster.post(client, place, message, metadata)
        : await bot.poster.edit(client, posted, message, metadata);
    bot.threads.remember(sent, once(request));
    if (file !== undefined) await bot.poster.file(client, threadOf(sent), file);
    return sent;
  } catch (error) {
    bot.log.error({ err: error }, 'An answer did not reach its channel');
    const { name } = bot.identity();
    await tell(error instanceof CannotPost ? onlyForYou(message, error.code, name) : undelivered(message));
    return undefined;
  }
}

async function answerPrivately(
  bot: Bot,
  ask: Ask,
  tell: Tell,
  request: Request,
  environments: readonly EnvironmentSummary[],
  closed?: CannotPost,
): Promise<Outcome> {
  const quiet =
    closed === undefined ? request : { ...request, options: { ...request.options, private: true } };
  const patience = setTimeout(() => {
    void tell(progressMessage({ title: lookingTitle(request) }));
  }, privatePatienceMs);
  try {
    const found = await run(bot, { request: once(quiet), person: ask.person, environments });
    const { message, file } = renderAnswer(found, renderingOf(bot, quiet, environments, true));
    const alone = request.options.follow === true ? 'An answer that only you see is not followed.' : '';
    const hint = found.kind === 'help' ? (ask.hint?.() ?? '') : alone;
    const whole = { ...message, blocks: [...message.blocks, ...context(mrkdwn(hint))] };
    const { name } = bot.identity();
    await tell(closed === undefined ? whole : onlyForYou(whole, closed.code, name));
    if (file !== undefined && closed === undefined) {
      await tell(
        refusalMessage({
          message: 'Earlier lines are left out here.',
          hint: 'Without --private they come as a file.',
        }),
      );
    }
    return outcomeOf(found);
  } finally {
    clearTimeout(patience);
  }
}

function renderingOf(
  bot: Bot,
  request: Request,
  environments: readonly EnvironmentSummary[],
  hidden: boolean,
): Rendering {
  return { request, environments, topics: bot.deps.topics, private: hidden, bot: bot.identity().name };
}

/** What was wrong with a question, and what could be typed instead: only what would be understood. */
function usageMessage(bot: Bot, ask: Ask, error: UsageError, request: Request | undefined): Message {
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

interface Outcome {
  /** What was found, for the audit. */
  detail: string;
  calls?: number;
  failed?: boolean;
}

function outcomeOf(found: Answer): Outcome {
  if (found.kind !== 'report') return { detail: found.kind };
  const { verdict, aws } = found.report;
  return { detail: [verdict.state, verdict.cause].filter(Boolean).join(' '), calls: aws.calls };
}

/** What is said of an error; the log gets the whole of it. */
function failure(bot: Bot, error: unknown): Message {
  const reference = newReference();
  bot.log.error({ err: error, reference }, 'A question could not be answered');
  if (error instanceof CannotLook) return failureMessage(error.message, reference);
  return failureMessage('The question could not be answered: something inside the bot failed.', reference);
}

/** The thread that hangs under a message, or that it is part of. */
function threadOf({ channel, ts, threadTs }: Posted): Place {
  return { channel, threadTs: threadTs ?? ts };
}
