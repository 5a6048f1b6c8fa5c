import { type Request, UsageError } from '#commands/command.ts';
import { redact } from '#diagnostics/redact.ts';
import { admit, Refused } from './admit.ts';
import { answerInChannel } from './answer-in-channel.ts';
import { answerPrivately } from './answer-privately.ts';
import type { Ask } from './ask.ts';
import type { Bot, Use } from './deps.ts';
import { createTell } from './private.ts';
import { readRequest } from './read-request.ts';
import { failure, usageMessage } from './said.ts';

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
    const answering = { bot, ask, tell, request, environments };
    const outcome = quiet ? await answerPrivately(answering) : await answerInChannel(answering);
    audit(outcome.failed === true ? 'failed' : 'answered', outcome.detail, outcome.calls);
  } catch (error) {
    if (error instanceof Refused) {
      await tell(error.shown);
      audit('refused', error.message);
    } else if (error instanceof UsageError) {
      await tell(usageMessage({ bot, ask }, error, request));
      audit('usage', await redact(error.message));
    } else {
      await tell(failure(bot, error));
      audit('failed', error instanceof Error ? error.message : String(error));
    }
  }
}
