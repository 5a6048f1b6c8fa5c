import type { WebClient } from '@slack/web-api';
import type { Answer, Report, Request } from '#commands/command.ts';
import { follow, goesOn } from '#commands/follow.ts';
import { admit } from './admit.ts';
import type { Bot } from './deps.ts';
import type { Person } from './people.ts';
import type { Posted } from './post.ts';
import { type Rendering, renderAnswer } from './render.ts';
import { run } from './run.ts';
import { targetMetadata } from './state.ts';

/** Messages that are kept up to date at the same time; Slack allows some fifty edits a minute over all of them. */
const followedAtMost = 20;

/** What is being followed by this process, by message. Nothing else remembers it. */
export type Follows = Map<string, AbortController>;

interface Followed {
  client: WebClient;
  person: Person;
  posted: Posted;
  request: Request;
  rendering: Rendering;
}

/** The request as it is looked at once: following goes on outside of what answers a question. */
export function once(request: Request): Request {
  const { follow: _follow, ...options } = request.options;
  return { ...request, options };
}

/**
 * Keeps a delivered answer up to date until the deployment has ended. Returns at once; a look is a piece of work
 * like any other, so that a hundred followers do not keep one question waiting.
 */
export function keepFollowing(bot: Bot, answer: Answer, followed: Followed): void {
  if (answer.kind !== 'report' || !goesOn(answer.report)) return;
  const { posted } = followed;
  const key = `${posted.channel}:${posted.ts}`;
  if (bot.follows.size >= followedAtMost) {
    const note = 'Not followed: too many deployments are being followed. Ask again later.';
    const { details } = answer.report;
    const notes = [...(details.notes ?? []), note];
    show(bot, followed, { ...answer.report, details: { ...details, notes } }).catch((error: unknown) =>
      bot.log.error({ err: error }, 'That a deployment is not followed could not be said'),
    );
    return;
  }
  bot.follows.get(key)?.abort();
  const ended = new AbortController();
  bot.follows.set(key, ended);
  void keep(bot, answer.report, followed, ended.signal)
    .catch((error: unknown) => bot.log.error({ err: error }, 'A deployment could not be followed any longer'))
    .finally(() => {
      if (bot.follows.get(key) === ended) bot.follows.delete(key);
    });
}

async function keep(bot: Bot, first: Report, followed: Followed, signal: AbortSignal): Promise<void> {
  let shown = '';
  const last = await follow(first, {
    signal,
    async show(report) {
      const sign = signOf(report);
      if (sign === shown) return;
      shown = sign;
      await show(bot, followed, report, true);
    },
    look: (now) => lookAgain(bot, followed, now),
  });
  if (!signal.aborted) await show(bot, followed, last);
}

/** What makes an edit worth it: everything but the passing of time. */
function signOf({ verdict, details: { deployment, now } }: Report): string {
  const says = deployment?.says.filter(({ about }) => about !== 'Time');
  return JSON.stringify([verdict.state, verdict.cause, { ...deployment, says }, now?.running, now?.pending]);
}

function lookAgain(bot: Bot, followed: Followed, now: Date): Promise<Report | undefined> {
  const { client, person, posted, request } = followed;
  return new Promise((resolve) => {
    const taken = bot.work.start(async () => {
      try {
        // Whoever may no longer look is shown nothing more.
        const environments = await admit(bot, client, { person, channel: posted.channel });
        const answer = await run(bot, { request, person, environments, now });
        resolve(answer.kind === 'report' ? answer.report : undefined);
      } catch (error) {
        bot.log.warn({ err: error }, 'A deployment could not be looked at again');
        resolve(undefined);
      }
    });
    if (!taken) resolve(undefined);
  });
}

async function show(
  bot: Bot,
  { client, posted, rendering }: Followed,
  report: Report,
  goingOn = false,
): Promise<void> {
  const { message, request } = renderAnswer({ kind: 'report', report }, rendering);
  if (goingOn) await bot.poster.editIfFree(client, posted, message, targetMetadata(request));
  else await bot.poster.edit(client, posted, message, targetMetadata(request));
}
