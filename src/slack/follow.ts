import type { WebClient } from '@slack/web-api';
import type { Answer, Report, Request } from '#commands/command.ts';
import { follow, goesOn, missedLook } from '#commands/follow.ts';
import { admit, NotTold, Refused } from './admit.ts';
import type { Bot, Use } from './deps.ts';
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
  audit(bot, followed, { outcome: 'answered', detail: 'following begins' });
  const began = performance.now();
  void keep(bot, answer.report, followed, ended.signal)
    .catch((error: unknown): End => {
      bot.log.error({ err: error }, 'A deployment could not be followed any longer');
      return { outcome: 'failed', detail: error instanceof Error ? error.message : String(error) };
    })
    .then(({ detail, ...end }) => {
      const ms = Math.round(performance.now() - began);
      audit(bot, followed, { ...end, ms, detail: `following ended: ${detail}` });
    })
    .finally(() => {
      if (bot.follows.get(key) === ended) bot.follows.delete(key);
    });
}

/** How following ended, for the audit. */
type End = Pick<Use, 'outcome' | 'calls'> & { detail: string };

function audit(bot: Bot, { person, posted, request }: Followed, end: End & Pick<Use, 'ms'>): void {
  bot.deps.audit({ entry: 'follow', person, channel: posted.channel, request, ...end });
}

async function keep(bot: Bot, first: Report, followed: Followed, signal: AbortSignal): Promise<End> {
  let shown = '';
  let calls = 0;
  let isRefused = false;
  const last = await follow(first, {
    signal,
    async show(report) {
      const sign = signOf(report);
      if (sign === shown) return;
      shown = sign;
      await show(bot, followed, report, true);
    },
    async look(now) {
      const seen = await lookAgain(bot, followed, first.target.environment, now);
      if (typeof seen === 'string') isRefused = true;
      else calls += seen?.aws.calls ?? 0;
      return seen;
    },
  });
  if (signal.aborted) return { outcome: 'answered', detail: 'it was cut off', calls };
  await show(bot, followed, last);
  if (isRefused) return { outcome: 'refused', detail: 'access was taken away', calls };
  return { outcome: 'answered', detail: goesOn(last) ? 'it was given up' : 'the deployment ended', calls };
}

/** What makes an edit worth it: everything but the passing of time. */
function signOf(report: Report): string {
  const { verdict } = report;
  const { deployment, now } = report.details;
  const says = deployment?.says.filter(({ about }) => about !== 'Time');
  // That a look was missed is worth an edit once, not each time that it is.
  const missed = missedLook(report) !== undefined;
  const counts = [now?.running, now?.pending];
  return JSON.stringify([verdict.state, verdict.cause, { ...deployment, says }, ...counts, missed]);
}

/** A sentence where whoever asked may look no longer, undefined where nothing could be learnt this time. */
function lookAgain(
  bot: Bot,
  followed: Followed,
  environment: string,
  now: Date,
): Promise<Report | string | undefined> {
  const { client, person, posted, request } = followed;
  return new Promise((resolve) => {
    const taken = bot.work.start(async () => {
      try {
        // Whoever may no longer look is shown nothing more.
        const environments = await admit(bot, client, { person, channel: posted.channel });
        if (!environments.some(({ name }) => name === environment)) {
          resolve(noLonger(environment));
          return;
        }
        const answer = await run(bot, { request, person, environments, now });
        resolve(answer.kind === 'report' ? answer.report : undefined);
      } catch (error) {
        if (error instanceof Refused && !(error instanceof NotTold)) {
          resolve(noLonger(environment));
          return;
        }
        bot.log.warn({ err: error }, 'A deployment could not be looked at again');
        resolve(undefined);
      }
    });
    if (!taken) resolve(undefined);
  });
}

function noLonger(environment: string): string {
  return `No longer followed: whoever asked may no longer look at ${environment} from here.`;
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
