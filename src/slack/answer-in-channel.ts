import type { Message } from '#blocks/message.ts';
import { progressMessage } from '#blocks/progress.ts';
import { UsageError } from '#commands/command.ts';
import { answerPrivately } from './answer-privately.ts';
import type { Answering } from './ask.ts';
import { keepFollowing, once } from './follow.ts';
import { CannotPost, type Place, type Posted } from './post.ts';
import { createProgress } from './progress.ts';
import { type Rendered, renderAnswer, renderProvisional } from './render.ts';
import { run } from './run.ts';
import { failure, type Outcome, outcomeOf, renderingOf, usageMessage } from './said.ts';
import { targetMetadata } from './state.ts';
import { lookingTitle, onlyForYou, undelivered } from './text.ts';

/** Milliseconds between edits that show progress. */
const progressEveryMs = 2_000;

/** Answers where everybody sees it: one message, edited in place until it is whole. */
export async function answerInChannel(answering: Answering): Promise<Outcome> {
  const { bot, ask, request, environments } = answering;
  const { client, place, person } = ask;
  const rendering = renderingOf(answering, false);
  let posted = ask.onto;
  if (posted === undefined) {
    try {
      const looking = progressMessage({ title: lookingTitle(request) });
      posted = await bot.poster.post(client, place, looking, targetMetadata(request));
      bot.unfinished.add(client, posted);
    } catch (error) {
      if (error instanceof CannotPost) return answerPrivately(answering, error);
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
    const sent = await deliver(answering, posted, { ...rendered, message });
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
    const said = error instanceof UsageError ? usageMessage(answering, error, request) : failure(bot, error);
    await bot.poster.edit(client, shown, said);
    return { detail: error instanceof Error ? error.message : String(error), failed: true };
  }
}

async function deliver(
  { bot, ask, tell }: Answering,
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

/** The thread that hangs under a message, or that it is part of. */
function threadOf({ channel, ts, threadTs }: Posted): Place {
  return { channel, threadTs: threadTs ?? ts };
}
