import pino from 'pino';
import { describe, expect, test, vi } from 'vitest';
import { createOnce } from '#src/slack/once.ts';
import { serviceEntries } from '#src/slack/options.ts';
import { createPace } from '#src/slack/pace.ts';
import { createServiceLists } from '#src/slack/service-lists.ts';
import { afterMention, spoken } from '#src/slack/spoken.ts';
import { durationMs } from '#src/slack/target.ts';
import { createWork } from '#src/slack/work.ts';

const log = pino({ enabled: false });

describe('Words out of Slack', () => {
  test.each([
    ['status api prod', 'status api prod'],
    ['<http://api.example|api.example> prod', 'api.example prod'],
    ['<https://x.test/a?b=1&amp;c=2>', 'https://x.test/a?b=1&c=2'],
    ['<https://x.test|look here>', 'https://x.test'],
    ['<#C1|incidents> <@U1> hi', '#incidents  hi'],
    ['a &lt;b&gt; &amp;amp;', 'a <b> &amp;'],
    ['<!date^1^{time}|12:00>', '12:00'],
    ['<mailto:a@x.test|a@x.test>', 'a@x.test'],
  ])('%s', (text, plain) => {
    expect(spoken(text)).toBe(plain);
  });

  test.each([
    ['<@U0BOT> logs --since 1h', 'logs --since 1h'],
    ['hey <@U0BOT>   status api prod', 'status api prod'],
    ['status api prod <@U0BOT>', 'status api prod'],
    ['<@U0BOT|sleuth> help', 'help'],
    ['<@U0BOT>', ''],
  ])('after the mention in "%s"', (text, words) => {
    expect(afterMention(text, 'U0BOT')).toBe(words);
  });
});

test.each([
  ['90s', 90_000],
  ['30m', 1_800_000],
  ['2h', 7_200_000],
  ['1.5d', 129_600_000],
  ['soon', undefined],
])('The time span %s', (text, ms) => {
  expect(durationMs(text)).toBe(ms);
});

test('A key is the first one once, and the set of keys does not grow', () => {
  const once = createOnce({ ttlMs: 60_000, max: 2 });
  expect([once.first('a'), once.first('a'), once.first('b'), once.first('c')]).toEqual([
    true,
    false,
    true,
    true,
  ]);
  expect(once.first('a')).toBe(true);
});

test('A channel has a burst at once and an even pace after it, in the order of asking; others do not wait', async () => {
  let now = 0;
  const waits: number[] = [];
  const pace = createPace({
    every: 1_000,
    burst: 2,
    now: () => now,
    wait: async (ms) => {
      waits.push(ms);
      now += ms;
    },
  });
  const order: number[] = [];
  await Promise.all([1, 2, 3, 4].map((turn) => pace.turn('a').then(() => order.push(turn))));
  expect(order).toEqual([1, 2, 3, 4]);
  expect(waits).toEqual([1_000, 1_000]);
  await pace.turn('b');
  expect(waits).toHaveLength(2);
  pace.pause('b', 5_000);
  await pace.turn('b');
  expect(waits.at(-1)).toBe(5_000);
});

test('Work is bounded: what is too much is turned away, and what waits is begun later', async () => {
  const gates = [0, 1, 2].map(() => Promise.withResolvers<void>());
  const begun: number[] = [];
  const work = createWork({ concurrency: 1, waiting: 1, failed: () => undefined });
  const task = (index: number) => async () => {
    begun.push(index);
    await gates[index]?.promise;
  };
  expect(work.start(task(0))).toBe(true);
  await vi.waitFor(() => expect(begun).toEqual([0]));
  expect([work.start(task(1)), work.start(task(2))]).toEqual([true, false]);
  expect(work.size()).toBe(2);
  gates[0]?.resolve();
  await vi.waitFor(() => expect(begun).toEqual([0, 1]));
  gates[1]?.resolve();
  expect(await work.idle(1_000)).toBe(true);
});

test('An error that a task lets through is told and does not stop the others', async () => {
  const failed = vi.fn();
  const work = createWork({ concurrency: 1, waiting: 5, failed });
  work.start(() => Promise.reject(new Error('first')));
  let second = false;
  work.start(async () => {
    second = true;
  });
  expect(await work.idle(1_000)).toBe(true);
  expect(failed).toHaveBeenCalledOnce();
  expect(second).toBe(true);
});

test('An old list of services is shown while it is read anew, once for all who ask', async () => {
  let now = 0;
  const list = vi.fn(async () => [{ cluster: 'prod', service: `api-${list.mock.calls.length}` }]);
  const lists = createServiceLists({ list, log, now: () => now });
  expect(lists.get('prod')).toEqual({ services: [], cold: true });
  expect((await lists.wait('prod', 1_000)).services[0]?.service).toBe('api-1');
  now = 6 * 60_000;
  expect(lists.get('prod').services[0]?.service).toBe('api-1');
  lists.get('prod');
  await vi.waitFor(() => expect(lists.get('prod').services[0]?.service).toBe('api-2'));
  expect(list).toHaveBeenCalledTimes(2);
});

test('A menu holds at most a hundred entries and names too long for a value', () => {
  const long = 'x'.repeat(255);
  const many = Array.from({ length: 300 }, (_, index) => ({ cluster: 'prod', service: `api-${index}` }));
  expect(serviceEntries(many, false, 'api').length).toBeLessThanOrEqual(100);
  expect(serviceEntries([{ cluster: 'prod', service: long }], false, '')[0]?.value).toHaveLength(150);
});
