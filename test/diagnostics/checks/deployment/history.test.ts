import { describe, expect, it } from 'vitest';
import { durationsOf, normalLimit, usualWords } from '#diagnostics/checks/deployment/history.ts';
import { minutesAgo } from '../facts.ts';
import { causes, judge, says, task } from './rollout.ts';

const deployments = (...minutes: number[]) =>
  minutes.map((took, index) => ({
    status: 'SUCCESSFUL' as const,
    startedAt: minutesAgo(1000 * (index + 1) + took),
    finishedAt: minutesAgo(1000 * (index + 1)),
  }));
const minutes = (ms: number | undefined) => (ms === undefined ? undefined : ms / 60_000);

describe('what is usual for a service', () => {
  it.each<[string, number[], number | undefined, number | undefined]>([
    ['nothing after two deployments', [4, 5], undefined, undefined],
    ['their middle and their slowest', [4, 9, 5], 5, 9],
    ['not that one of many took hours', [4, 5, 180, 4, 6], 5, 6],
    ['what takes long more than once', [4, 5, 170, 180, 4, 6], 5, 180],
    ['the slowest of a few, however long: one of them may be as usual as the others', [4, 5, 60], 5, 60],
  ])('is %s', (_, took, median, most) => {
    const usual = durationsOf(deployments(...took));
    expect([minutes(usual?.medianMs), minutes(usual?.p95Ms)]).toEqual([median, most]);
  });

  it('is learnt from deployments that were successful, and whose times make sense', () => {
    const [first, second, third] = deployments(4, 5, 6);
    const rolledBack = { ...first, status: 'ROLLBACK_SUCCESSFUL' as const };
    const stopped = { ...first, status: 'STOPPED' as const };
    const backwards = { ...first, finishedAt: minutesAgo(5000) };
    const known = [first, second, third].flatMap((deployment) => deployment ?? []);
    expect(durationsOf([rolledBack, stopped, backwards, ...known])?.count).toBe(3);
  });

  it.each<[number[], string]>([
    [[4], 'too few successful deployments to compare with'],
    [[4, 9, 5], 'usually about 5 minutes, 9 minutes at most (3 successful deployments)'],
    [
      [4, 5, 180, 4, 6],
      'usually about 5 minutes, 6 minutes at most but for one of 3 hours (5 successful deployments)',
    ],
  ])('%o is told as “%s”', (took, words) => {
    expect(usualWords(durationsOf(deployments(...took)))).toBe(words);
  });
});

describe('how long a deployment may take', () => {
  const quick = durationsOf(deployments(4, 4, 4));
  it.each<[string, Parameters<typeof normalLimit>, number]>([
    ['its first minutes, however quick it usually is', [durationsOf(deployments(1, 1, 1)), {}], 5],
    ['what its slowest took', [durationsOf(deployments(20, 25, 30)), {}], 30],
    ['a quarter of an hour without a history', [undefined, {}], 15],
    ['its bake time besides, which may be newer than its history', [quick, { bakeTimeInMinutes: 60 }], 65],
    [
      'its canary, of ten minutes where nothing is said',
      [undefined, { strategy: 'CANARY', bakeTimeInMinutes: 5 }],
      30,
    ],
    [
      'its steps, nine of six minutes where nothing is said',
      [undefined, { strategy: 'LINEAR', linearConfiguration: {} }],
      69,
    ],
    [
      'its steps, the last of which takes no time',
      [undefined, { strategy: 'LINEAR', linearConfiguration: { stepPercent: 25, stepBakeTimeInMinutes: 2 } }],
      21,
    ],
    [
      'no steps of a strategy that it does not follow',
      [
        undefined,
        { strategy: 'ROLLING', linearConfiguration: { stepPercent: 10, stepBakeTimeInMinutes: 6 } },
      ],
      15,
    ],
  ])('is %s', (_, [usual, configuration], most) => {
    expect(minutes(normalLimit(usual, configuration))).toBe(most);
  });
});

it('a deployment that began by a clock ahead of this one has just begun', () => {
  const outcome = judge({ began: -0.5, own: [task({ lastStatus: 'PENDING' })] });
  expect(causes(outcome)).toEqual([]);
  expect(says(outcome, 'Time')).toMatch(/^1 second so far/);
});

it('one that took hours once is no measure for the next', () => {
  const outcome = judge({
    began: 60,
    took: [4, 5, 180, 4, 6],
    own: [task({ lastStatus: 'PENDING' })],
  });
  expect(causes(outcome)).toEqual(['error deployment-in-progress']);
});
