import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Answer, Request } from '#commands/command.ts';
import { answerPrivately } from '#src/slack/answer-privately.ts';
import type { Ask } from '#src/slack/ask.ts';
import type { Bot } from '#src/slack/deps.ts';
import { reportOf } from './bot.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const request: Request = {
  command: 'why-stopped',
  service: 'api',
  environment: 'prod',
  options: { private: true },
};

/** What is told, in order, where AWS takes so long and Slack a second for each message. */
async function toldAfter(ms: number): Promise<string[]> {
  const told: string[] = [];
  const pause = (time: number) => new Promise((resolve) => setTimeout(resolve, time));
  const bot = {
    deps: {
      topics: [],
      now: () => new Date(),
      ask: async (): Promise<Answer> => {
        await pause(ms);
        return { kind: 'report', report: reportOf(request) };
      },
    },
    people: { named: (person: unknown) => person },
    identity: () => ({ name: 'ecs-sleuth' }),
    ending: new AbortController(),
  } as unknown as Bot;
  const answering = {
    bot,
    ask: { person: { id: 'U1' } } as Ask,
    tell: async ({ text }: { text: string }) => {
      told.push(text);
      await pause(1_000);
    },
    request,
    environments: [],
  };
  const answered = answerPrivately(answering);
  await vi.runAllTimersAsync();
  await answered;
  return told;
}

it.each([
  ['alone where it comes soon, however slowly Slack takes it', 1_400, [/out of memory|memory limit/]],
  [
    'behind a word that it is looked at where it comes late',
    4_000,
    [/Looking/, /out of memory|memory limit/],
  ],
])('a private answer comes %s', async (_what, ms, texts) => {
  expect(await toldAfter(ms)).toEqual(texts.map((text) => expect.stringMatching(text)));
});
