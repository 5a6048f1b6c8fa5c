import { context } from '#blocks/elements.ts';
import { mrkdwn } from '#blocks/escape.ts';
import { progressMessage } from '#blocks/progress.ts';
import { refusalMessage } from '#blocks/refusal.ts';
import type { Answering } from './ask.ts';
import { once } from './follow.ts';
import type { CannotPost } from './post.ts';
import { renderAnswer } from './render.ts';
import { run } from './run.ts';
import { type Outcome, outcomeOf, renderingOf } from './said.ts';
import { lookingTitle, onlyForYou } from './text.ts';

/** Milliseconds after which a private answer announces itself: sooner it would only be in the way. */
const privatePatienceMs = 1_500;

/**
 * Answers so that nobody but the asker sees it.
 * @param closed why it could not be said in the channel, where that was wanted
 */
export async function answerPrivately(
  { bot, ask, tell, request, environments }: Answering,
  closed?: CannotPost,
): Promise<Outcome> {
  const quiet =
    closed === undefined ? request : { ...request, options: { ...request.options, private: true } };
  const patience = setTimeout(() => {
    void tell(progressMessage({ title: lookingTitle(request) }));
  }, privatePatienceMs);
  try {
    const found = await run(bot, { request: once(quiet), person: ask.person, environments });
    // Slack may be slow to take the answer, and the word would come behind it.
    clearTimeout(patience);
    const { message, file } = renderAnswer(found, renderingOf({ bot, request: quiet, environments }, true));
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
