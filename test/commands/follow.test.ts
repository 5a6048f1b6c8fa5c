import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CannotLook } from '#commands/command.ts';
import { follow, goesOn, missedLook } from '#commands/follow.ts';
import type { Report } from '#diagnostics/report.ts';

const asOf = '2026-03-01T12:00:00.000Z';

function report(status: string | undefined, running = 0): Report {
  const ended = status === 'SUCCESSFUL' || status?.startsWith('ROLLBACK_SUCC') === true;
  return {
    schema: 1,
    command: 'deployment',
    asOf,
    target: { environment: 'prod', account: '222222222222', region: 'us-east-1', service: 'api' },
    verdict: { state: 'healthy', cause: null, status: 'confirmed', headline: 'api in prod', chain: [] },
    findings: [],
    notChecked: [],
    aws: { calls: 0, waves: 0, ms: 0 },
    details:
      status === undefined
        ? {}
        : {
            deployment: {
              revision: 'api:42',
              controller: 'ECS',
              status,
              ended,
              running,
              pending: 0,
              desired: 2,
              says: [],
            },
          },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const minute = 60_000;

/** Follows over looks that find these, the last of them for ever, and tells when each was made. */
function following(looks: (Report | Error | undefined)[], signal?: AbortSignal) {
  const began = Date.now();
  const at: number[] = [];
  const times: string[] = [];
  const shown: Report[] = [];
  const ended = follow(report('IN_PROGRESS'), {
    ...(signal && { signal }),
    look: async (now) => {
      times.push(now.toISOString());
      at.push(Date.now() - began);
      const seen = looks[Math.min(at.length, looks.length) - 1];
      if (seen instanceof Error) throw seen;
      return seen;
    },
    show: (seen) => {
      shown.push(seen);
    },
  });
  return { at, times, shown, ended };
}

describe('following a deployment', () => {
  it('ends with the look that finds it ended', async () => {
    const { ended, at, shown } = following([report('IN_PROGRESS', 1), report('SUCCESSFUL', 2)]);
    await vi.runAllTimersAsync();
    expect((await ended).details.deployment?.status).toBe('SUCCESSFUL');
    expect(at).toEqual([15_000, 30_000]);
    expect(shown.map(({ details }) => details.deployment?.running)).toEqual([0, 1]);
  });

  it('looks as of the time that has passed since the first look', async () => {
    const { ended, times } = following([report('SUCCESSFUL')]);
    await vi.runAllTimersAsync();
    await ended;
    expect(times).toEqual(['2026-03-01T12:00:15.000Z']);
  });

  it('says until when it follows, and what ends it', async () => {
    const { ended, shown } = following([report('ROLLBACK_SUCCESSFUL')]);
    await vi.runAllTimersAsync();
    expect(shown[0]?.details.following).toMatch(/until 2026-03-01T13:00:00\.000Z at most.*restart/);
    expect((await ended).details.following).toBeUndefined();
  });

  it('never asks more often than every ten seconds, and slows down', async () => {
    const { ended, at } = following([report('IN_PROGRESS')]);
    await vi.runAllTimersAsync();
    await ended;
    const gaps = at.map((time, index) => time - (at[index - 1] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(10_000);
    expect(gaps.at(-1)).toBe(30_000);
  });

  it('gives up after an hour, and says so', async () => {
    const { ended, at } = following([report('IN_PROGRESS')]);
    await vi.runAllTimersAsync();
    expect((await ended).details.notes?.at(-1)).toMatch(/^Followed for an hour/);
    expect(at.at(-1)).toBeLessThanOrEqual(60 * minute);
  });

  it('goes on after a look that learns nothing, and gives up after several in a row', async () => {
    const once = following([undefined, report('SUCCESSFUL')]);
    await vi.runAllTimersAsync();
    expect((await once.ended).details.deployment?.status).toBe('SUCCESSFUL');

    const blind = following([report(undefined)]);
    await vi.runAllTimersAsync();
    expect((await blind.ended).details.notes?.at(-1)).toMatch(/^No longer followed/);
    expect(blind.at).toHaveLength(4);
  });

  it('tells of a look that failed, and looks again', async () => {
    const refused = new CannotLook('The role could not be assumed.');
    const { ended, at, shown } = following([refused, report('IN_PROGRESS', 1), report('SUCCESSFUL')]);
    await vi.runAllTimersAsync();
    expect((await ended).details.deployment?.status).toBe('SUCCESSFUL');
    expect(at).toHaveLength(3);
    const told =
      'The look at 2026-03-01T12:00:15.000Z failed: The role could not be assumed. It is tried again.';
    expect(shown.map(missedLook)).toEqual([undefined, told, undefined]);
  });

  it('gives up after several looks that failed, and keeps the words of a fault of its own to itself', async () => {
    const { ended, at } = following([new TypeError('x of undefined')]);
    await vi.runAllTimersAsync();
    const note = (await ended).details.notes?.at(-1);
    expect(note).toBe(
      'No longer followed: several looks in a row learnt nothing; the last failed unexpectedly.',
    );
    expect(at).toHaveLength(4);
  });

  it('does not wait for a look that hangs when it is taken over', async () => {
    const over = new AbortController();
    const ended = follow(report('IN_PROGRESS', 1), {
      signal: over.signal,
      look: () => new Promise(() => {}),
      show: () => {},
    });
    await vi.advanceTimersByTimeAsync(20_000);
    over.abort();
    expect((await ended).details.deployment?.running).toBe(1);
  });

  it('ends at once when it is taken over', async () => {
    const over = new AbortController();
    const { ended, at } = following([report('IN_PROGRESS')], over.signal);
    await vi.advanceTimersByTimeAsync(20_000);
    // Connections of files before this one may have timers too.
    const waiting = vi.getTimerCount();
    over.abort();
    expect((await ended).details.deployment?.status).toBe('IN_PROGRESS');
    expect(at).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(waiting - 1);
  });

  it('does not begin where nothing is under way', () => {
    expect(goesOn(report('SUCCESSFUL'))).toBe(false);
    expect(goesOn(report(undefined))).toBe(false);
    expect(goesOn(report('IN_PROGRESS'))).toBe(true);
  });
});
