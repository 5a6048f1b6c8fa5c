import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SlackWorkspace } from '#sandbox/slack/workspace.ts';
import { type Bot, type Place, settled, startBot } from './bot.ts';
import { ms, percentile, type Row } from './table.ts';
import { everyQuestion, type Question } from './world.ts';

/** Commands in work at any time, and commands in all. */
const held = 200;
const total = 800;

/** Milliseconds after which Slack shows the asker an error instead. */
const slackWaits = 3_000;

/** Milliseconds after which the bench ends even if commands went lost with a broken link. */
const patience = 90_000;

/**
 * How fast the bot acknowledges while 200 commands are in work.
 *
 * 200 different questions, of 200 services in 50 accounts so that no two share an answer of AWS, are sent at once,
 * each in its own channel. Whenever one is answered the next is sent, until 800 were sent: 200 stay in work while
 * the other 600 are acknowledged. The time runs from the frame that Slack sends to the ack that comes back, so it
 * holds the sandbox's own delay too; that is measured beside it, as what the sandbox's event loop was late by.
 */
export async function acknowledging(place: Place): Promise<Row[]> {
  const bot = await startBot(place);
  try {
    await settled(place);
    place.aws.calls.length = 0;
    const lag = monitorEventLoopDelay({ resolution: 5 });
    lag.enable();
    const began = performance.now();
    const answered = await drive(bot, place.slack);
    const seconds = (performance.now() - began) / 1000;
    lag.disable();
    const { peak } = await bot.memory();
    return rows(place, { answered, seconds, lag: lag.percentile(99) / 1e6, peak });
  } finally {
    await bot.stop();
  }
}

/** Sends all questions; resolves with how many were answered. */
async function drive(bot: Bot, slack: SlackWorkspace): Promise<number> {
  const questions = everyQuestion();
  const { promise: done, resolve, reject } = Promise.withResolvers<void>();
  let sent = 0;
  let answered = 0;
  function next(): void {
    const question = questions[sent % questions.length];
    if (question === undefined || sent >= total) return;
    sent += 1;
    send(slack, question).catch(reject);
  }
  bot.onUsed(() => {
    answered += 1;
    if (answered === total) resolve();
    else next();
  });
  for (let index = 0; index < held; index += 1) next();
  const late = new AbortController();
  await Promise.race([done, sleep(patience, undefined, { signal: late.signal }).catch(() => undefined)]);
  late.abort();
  return answered;
}

/** Resolves when the command is acknowledged, or was not within Slack's three seconds: the frame tells which. */
async function send(slack: SlackWorkspace, { text, channel }: Question): Promise<void> {
  await slack.command({ user: 'U0ADA', channel, command: '/ecs', text });
}

interface Course {
  answered: number;
  seconds: number;
  /** The p99 of what the sandbox's event loop was late by, milliseconds. */
  lag: number;
  /** Bytes. */
  peak: number;
}

function rows({ slack, aws }: Place, { answered, seconds, lag, peak }: Course): Row[] {
  const frames = slack.frames.filter(({ type }) => type === 'slash_commands');
  // A frame that was never acknowledged was waited for as long as Slack waits.
  const acks = frames.map(({ latencyMs }) => latencyMs ?? slackWaits);
  const burst = acks.slice(0, held);
  const steady = acks.slice(held);
  return [
    { measure: `Acknowledged, ${held} at once, p50`, value: ms(percentile(burst, 0.5)) },
    { measure: `Acknowledged, ${held} at once, p99`, value: ms(percentile(burst, 0.99)) },
    { measure: `Acknowledged while ${held} are in work, p50`, value: ms(percentile(steady, 0.5)) },
    {
      measure: `Acknowledged while ${held} are in work, p99`,
      value: ms(percentile(steady, 0.99)),
      goal: 'at most 100 ms',
    },
    {
      measure: 'Commands that Slack gave up',
      value: `${frames.filter(({ timedOut }) => timedOut).length} of ${frames.length}`,
      goal: 'none',
    },
    { measure: 'Commands that were answered', value: `${answered} of ${total}`, goal: 'all' },
    { measure: "The sandbox's own delay in that time, p99", value: ms(lag) },
    { measure: 'Answers a second meanwhile', value: (answered / seconds).toFixed(0) },
    { measure: 'AWS calls meanwhile', value: String(aws.calls.length) },
    { measure: 'Resident memory at its peak then', value: `${Math.round(peak / 2 ** 20)} MB` },
  ];
}
