import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '#sandbox/sandbox.ts';
import type { Message } from '#sandbox/slack/model.ts';
import { elementsOf, press, replies } from '#test/src/slack/press.ts';

// The bot is replaced between the answer and the press, as with every release: buttons hold all that they need.

interface Row {
  /** What is asked, and a part of what names it in the answer. */
  ask: string;
  names: string;
  button: string;
  /** What the answer to the press shows. */
  shows: RegExp;
}

const rows: readonly Row[] = [
  { ask: 'logs parrot prod', names: 'parrot in prod', button: 'First lines', shows: /first lines of app/ },
  { ask: 'insights lounge prod', names: 'lounge in prod', button: 'Run again', shows: /nothing matched/ },
  { ask: 'perf boiler prod', names: 'boiler in prod', button: 'Run again', shows: /memory climbs/ },
  { ask: 'startup bellows prod', names: 'bellows in prod', button: 'Run again', shows: /pull/ },
  { ask: 'changes prefs prod', names: 'prefs in prod', button: 'Who changed it', shows: /CloudTrail|by / },
  { ask: 'timeline api prod', names: 'api in prod', button: 'Export', shows: /rows? in the file/ },
  { ask: 'image fieldfare prod', names: 'fieldfare in prod', button: 'Run again', shows: /fieldfare/ },
  { ask: 'iam orchard prod', names: 'orchard in prod', button: 'Run again', shows: /orchard/ },
  { ask: 'network aviary staging', names: 'aviary in staging', button: 'Run again', shows: /aviary/ },
  { ask: 'connect abbey choir staging', names: 'abbey', button: 'Run again', shows: /choir/ },
  { ask: 'health almanac prod', names: 'almanac in prod', button: 'Run again', shows: /almanac/ },
  { ask: 'exec console prod', names: 'console in prod', button: 'Run again', shows: /console/ },
];
/** Slack lets a message a second into a channel. */
const channels = ['incidents', 'checkout-team'];
const channelOf = (index: number) => channels[index % channels.length] ?? '';

let sandbox: Sandbox;
const before = new Map<string, Message>();

beforeAll(async () => {
  sandbox = await startSandbox({ allow: 'everyone' });
  const { slack } = sandbox;
  const bot = await sandbox.startBot({ LOG_LEVEL: 'error' });
  await Promise.all(
    rows.map(async ({ ask, names, button }, index) => {
      const channel = channelOf(index);
      await slack.command({ user: 'ada', channel, command: '/ecs', text: ask });
      const message = await slack.until(
        () =>
          slack
            .messages(channel)
            .find((one) => one.text.includes(names) && elementsOf(one).some(({ label }) => label === button)),
        { timeoutMs: 40_000 },
      );
      before.set(ask, structuredClone(message));
    }),
  );
  bot.kill('SIGTERM');
  await once(bot, 'exit');
  sandbox.aws.calls.length = 0;
  await sandbox.startBot({ LOG_LEVEL: 'error' });
}, 90_000);
afterAll(() => sandbox.stop());

/** The answer to a press: in the message itself, or below it. */
function answerTo({ channel, ts, edited }: Message): Message | undefined {
  const { slack } = sandbox;
  const [reply] = replies(slack, { channel, ts });
  return reply ?? slack.thread(channel, ts).find((one) => one.ts === ts && one.edited?.ts !== edited?.ts);
}

test.concurrent.each(rows)(
  '“$button” of $ask is answered by a bot that never saw its message',
  async (row) => {
    const { slack } = sandbox;
    const message = before.get(row.ask);
    if (message === undefined) throw new Error('it was not answered before the restart');
    await press(slack, 'ada', message, row.button);
    const answer = await slack.until(
      () => {
        const found = answerTo(message);
        const stands = found && elementsOf(found).some(({ label }) => label === 'Run again');
        return stands && row.shows.test(JSON.stringify([found.text, found.blocks])) ? found : undefined;
      },
      { timeoutMs: 20_000 },
    );
    expect(answer.text).not.toMatch(/could not be|another version/);
    if (row.button === 'Who changed it') {
      expect(sandbox.aws.calls.map(({ operation }) => operation)).toContain('LookupEvents');
      expect(elementsOf(answer).map(({ label }) => label)).not.toContain('Who changed it');
    }
    if (row.button === 'Export') {
      const file = await slack.until(
        () => slack.thread(message.channel, message.ts).flatMap(({ files = [] }) => files)[0],
      );
      expect(file.name).toBe('api-prod-timeline.md');
      expect(slack.file(file.id)?.content.toString()).toMatch(/^# .*api in prod[\s\S]*\| /);
    }
    expect(slack.unexpected).toEqual([]);
  },
);
