import type { WebClient } from '@slack/web-api';
import type { Answer, Report, Request } from '#commands/command.ts';
import { follow, goesOn, missedLook, nothingToFollow } from '#commands/follow.ts';
import { sinceLook } from '#commands/follow-logs.ts';
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
  const { follow: isFollowed, ...options } = request.options;
  const running = request.command === 'logs' && isFollowed === true ? { running: true } : {};
  return { ...request, options: { ...options, ...running } };
}

/**
 * Keeps a delivered answer up to date until the deployment has ended. Returns at once; a look is a piece of work
 * like any other, so that a hundred followers do not keep one question waiting.
 */
export function keepFollowing(bot: Bot, answer: Answer, followed: Followed): void {
  if (answer.kind !== 'report') return;
  if (!goesOn(answer.report)) {
    const nothing = nothingToFollow(answer.report);
    if (nothing !== undefined) tellBelow(bot, followed, answer.report, nothing);
    return;
  }
  if (bot.ending.signal.aborted) {
    tellBelow(bot, followed, answer.report, 'Not followed: the bot was restarted. Ask again.');
    return;
  }
  const { posted } = followed;
  const key = `${posted.channel}:${posted.ts}`;
  if (bot.follows.size >= followedAtMost) {
    tellBelow(bot, followed, answer.report, 'Not followed: too much is being followed. Ask again later.');
    return;
  }
  bot.follows.get(key)?.abort();
  const ended = new AbortController();
  bot.follows.set(key, ended);
  audit(bot, followed, { outcome: 'answered', detail: 'following begins' });
  const began = performance.now();
  const over = keep(bot, answer.report, followed, ended.signal)
    .catch((error: unknown): End => {
      bot.log.error({ err: error }, 'Something could not be followed any longer');
      return { outcome: 'failed', detail: error instanceof Error ? error.message : String(error) };
    })
    .then(({ detail, ...end }) => {
      const ms = Math.round(performance.now() - began);
      audit(bot, followed, { ...end, ms, detail: `following ended: ${detail}` });
    })
    .finally(() => {
      if (bot.follows.get(key) === ended) bot.follows.delete(key);
      bot.endings.delete(over);
    });
  bot.endings.add(over);
}

/** Why it is not followed, below the answer. */
function tellBelow(bot: Bot, followed: Followed, report: Report, note: string): void {
  const told = show(bot, followed, withNote(report, note))
    .then(() => undefined)
    .catch((error: unknown) =>
      bot.log.error({ err: error }, 'That something is not followed could not be said'),
    )
    .finally(() => bot.endings.delete(told));
  bot.endings.add(told);
}

function withNote(report: Report, note: string): Report {
  const { details } = report;
  return { ...report, details: { ...details, notes: [...(details.notes ?? []), note] } };
}

const stopped = 'stopped by somebody';

/** Ends the following of a message for good. False where this process does not follow it. */
export function stopFollowing(bot: Bot, { channel, ts }: Posted): boolean {
  const following = bot.follows.get(`${channel}:${ts}`);
  following?.abort(stopped);
  return following !== undefined;
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
      // An edit that Slack had no room for is made with the next look.
      if (await show(bot, followed, report, true)) shown = sign;
    },
    async look(now, newest) {
      const request = first.command === 'logs' ? sinceLook(followed.request, newest) : followed.request;
      const seen = await lookAgain(bot, { ...followed, request }, first.target.environment, now);
      if (typeof seen === 'string') isRefused = true;
      else calls += seen?.aws.calls ?? 0;
      return seen;
    },
  });
  if (signal.aborted && signal.reason !== stopped) {
    // Another message is followed in its place, or the process ends: this one would go on saying that it is followed.
    if (bot.ending.signal.aborted)
      await show(bot, followed, withNote(last, 'Following was ended by a restart of the bot.'));
    return { outcome: 'answered', detail: 'it was cut off', calls };
  }
  await show(bot, followed, signal.aborted ? withNote(last, 'Following was stopped.') : last);
  if (signal.aborted) return { outcome: 'answered', detail: stopped, calls };
  if (isRefused) return { outcome: 'refused', detail: 'access was taken away', calls };
  return {
    outcome: 'answered',
    detail: goesOn(last)
      ? 'it was given up'
      : `the ${first.command === 'logs' ? 'task' : 'deployment'} ended`,
    calls,
  };
}

/** What makes an edit worth it: everything but the passing of time. */
function signOf(report: Report): string {
  const { verdict } = report;
  const { deployment, now, logs, logView } = report.details;
  const says = deployment?.says.filter(({ about }) => about !== 'Time');
  // That a look was missed is worth an edit once, not each time that it is.
  const missed = missedLook(report) !== undefined;
  const counts = [now?.running, now?.pending];
  const lines = logs?.map(({ to, lines: { length } }) => [to?.at, length]);
  return JSON.stringify([
    verdict.state,
    verdict.cause,
    { ...deployment, says },
    ...counts,
    missed,
    ...(logView ? [lines, logView.ended] : []),
  ]);
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
        bot.log.warn({ err: error }, 'What is followed could not be looked at again');
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
): Promise<boolean> {
  const { message, request, file } = renderAnswer({ kind: 'report', report }, rendering);
  if (goingOn) return bot.poster.editIfFree(client, posted, message, targetMetadata(request));
  const sent = await bot.poster.edit(client, posted, message, targetMetadata(request));
  const { channel, ts, threadTs = ts } = sent;
  if (file !== undefined) await bot.poster.file(client, { channel, threadTs }, file);
  return true;
}
