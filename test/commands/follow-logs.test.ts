import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { follow, goesOn, nothingToFollow } from '#commands/follow.ts';
import { sinceLook, withNewLines } from '#commands/follow-logs.ts';
import { decodePage } from '#diagnostics/log-page.ts';
import type { LogTail, Report } from '#diagnostics/report.ts';
import { createLogStream } from '#src/terminal/log-stream.ts';

const tail = (from: number, count: number): LogTail => ({
  container: 'app',
  task: 'a1b2',
  revision: 'api:42',
  stream: 'ecs/app/a1b2',
  lines: Array.from({ length: count }, (_, index) => ({
    at: new Date(1_000 * (from + index)).toISOString(),
    message: `line ${from + index}`,
  })),
  ...(count > 0 && { to: { at: 1_000 * (from + count - 1), skip: 1 } }),
});

function look(logs: LogTail[], ended?: string): Report {
  return {
    schema: 1,
    command: 'logs',
    asOf: new Date().toISOString(),
    target: { environment: 'prod', account: '222222222222', region: 'us-east-1', service: 'api' },
    verdict: { state: 'healthy', cause: null, status: 'confirmed', headline: 'api in prod', chain: [] },
    findings: [],
    notChecked: [],
    aws: { calls: 2, waves: 2, ms: 1 },
    details: { logs, logView: { containers: ['app'], ...(ended !== undefined && { ended }) } },
  };
}

const messages = ({ details }: Report) =>
  details.logs?.flatMap(({ lines }) => lines.map(({ message }) => message));

describe('a log that is followed', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('ends when its task has ended and says nothing more', async () => {
    const looks = [
      look([tail(2, 2)]),
      look([tail(4, 1)], 'The task has ended'),
      look([tail(5, 0)], 'The task has ended'),
    ];
    const shown: number[] = [];
    const following = follow(look([tail(0, 2)]), {
      look: async () => looks.shift(),
      show: (report) => void shown.push(messages(report)?.length ?? 0),
    });
    await vi.runAllTimersAsync();
    const last = await following;
    expect(messages(last)).toEqual(['line 0', 'line 1', 'line 2', 'line 3', 'line 4']);
    expect(last.details.notes?.at(-1)).toBe('The task has ended: no line will follow.');
    expect(shown).toEqual([2, 4, 5]);
    expect(last.aws.calls).toBe(8);
  });

  it('is given up after two minutes, looked at every three seconds', async () => {
    let looks = 0;
    const following = follow(look([tail(0, 1)]), {
      look: async () => {
        looks += 1;
        return look([tail(1, 0)]);
      },
      show() {},
    });
    await vi.runAllTimersAsync();
    expect((await following).details.notes?.at(-1)).toContain('Followed for two minutes');
    expect(looks).toBe(40);
  });

  it('is ended by whoever asked', async () => {
    const ended = new AbortController();
    const following = follow(look([tail(0, 1)]), {
      look: async () => look([]),
      show() {},
      signal: ended.signal,
    });
    ended.abort();
    await vi.runAllTimersAsync();
    expect(messages(await following)).toEqual(['line 0']);
  });
});

it('a look asks for what lies behind the last line, and for all of a stream that was empty', () => {
  const empty = { ...tail(0, 0), container: 'envoy', stream: 'ecs/envoy/a1b2' };
  const { options } = sinceLook(
    { command: 'logs', options: { since: 1, filter: 'x' } },
    look([tail(0, 3), empty]),
  );
  expect(options).toMatchObject({ filter: 'x' });
  expect(options.since).toBeUndefined();
  expect(decodePage(options.page)).toMatchObject({
    direction: 'since',
    places: [
      { container: 'app', at: 2_000, skip: 1 },
      { container: 'envoy', at: 0, skip: 0 },
    ],
  });
});

describe('lines that come in late', () => {
  const line = (at: number, message: string) => ({ at: new Date(at).toISOString(), message });
  const seen = (from: number, lines: ReturnType<typeof line>[], to: { at: number; skip: number }) =>
    look([{ ...tail(0, 0), lines, from: { at: from, skip: 1 }, to }]);
  const lines = [line(30_000, 'a'), line(30_000, 'a'), line(32_000, 'c')];

  it.each<[string, number, { at: number; skip: number }, boolean, { at: number; skip: number }]>([
    ['from some seconds before the end', 5_000, { at: 32_000, skip: 1 }, false, { at: 22_000, skip: 0 }],
    ['no further back than was seen', 29_000, { at: 32_000, skip: 1 }, false, { at: 29_001, skip: 0 }],
    [
      'behind the end where all is of one moment',
      32_000,
      { at: 32_000, skip: 4 },
      false,
      { at: 32_000, skip: 4 },
    ],
    ['behind the end of errors', 5_000, { at: 32_000, skip: 1 }, true, { at: 32_000, skip: 1 }],
  ])('are asked for %s', (_what, from, to, errors, place) => {
    const newest = seen(from, [], to);
    const { options } = sinceLook(
      { command: 'logs', options: {} },
      {
        ...newest,
        details: { ...newest.details, logView: { containers: ['app'], errors } },
      },
    );
    expect(decodePage(options.page)?.places).toMatchObject([place]);
  });

  it('of many in a second are asked for behind the last three hundred', () => {
    const many = Array.from({ length: 900 }, (_, index) => line(31_100 + index, `${index}`));
    const { options } = sinceLook(
      { command: 'logs', options: {} },
      seen(20_000, many, { at: 31_999, skip: 1 }),
    );
    expect(decodePage(options.page)?.places).toMatchObject([{ at: 31_700, skip: 0 }]);
  });

  it('of very many in one moment are asked for behind it, so that a look comes to what is new', () => {
    const many = Array.from({ length: 1_200 }, (_, index) =>
      line(index < 1_100 ? 31_100 : 31_900, `${index}`),
    );
    const { options } = sinceLook(
      { command: 'logs', options: {} },
      seen(20_000, many, { at: 31_900, skip: 100 }),
    );
    expect(decodePage(options.page)?.places).toMatchObject([{ at: 31_101, skip: 0 }]);
  });

  it('are shown once, where they belong, and what was seen already is not shown again', () => {
    const before = seen(20_000, lines, { at: 32_000, skip: 1 });
    const again = [
      line(29_000, 'late'),
      ...lines.slice(0, 2),
      line(30_000, 'a'),
      lines[2] ?? line(0, ''),
      line(33_000, 'd'),
    ];
    const joined = withNewLines(before, seen(22_000, again, { at: 33_000, skip: 1 }));
    expect(messages(joined)).toEqual(['late', 'a', 'a', 'a', 'c', 'd']);
    expect(joined.details.logs?.[0]?.to).toEqual({ at: 33_000, skip: 1 });
  });

  it('do not move the end back, and a look without any is the last of a task that has ended', () => {
    const before = seen(20_000, lines, { at: 32_000, skip: 1 });
    const ended = seen(22_000, lines.slice(0, 2), { at: 30_000, skip: 2 });
    const joined = withNewLines(before, {
      ...ended,
      details: { ...ended.details, logView: { containers: ['app'], ended: 'The task has ended' } },
    });
    expect(joined.details.logs?.[0]?.to).toEqual({ at: 32_000, skip: 1 });
    expect(joined.details.logView?.ended).toBe('The task has ended');
  });

  it('are printed by the terminal too', () => {
    const written: string[] = [];
    const stream = createLogStream({ write: (text: string) => written.push(text) > 0 } as never);
    const before = seen(20_000, lines, { at: 32_000, skip: 1 });
    stream.show(before);
    stream.show(
      withNewLines(before, seen(22_000, [line(31_000, 'late'), ...lines], { at: 32_000, skip: 1 })),
    );
    expect(written.slice(1).map((text) => text.trim().slice(-4))).toEqual(['00 a', '00 a', '00 c', 'late']);
  });
});

it('what was empty is no longer said to be when a line has come', () => {
  const empty = { ...tail(0, 0), missing: 'the process wrote nothing', why: 'nothing-written' as const };
  const joined = withNewLines(look([empty]), look([tail(7, 1)]));
  expect(joined.details.logs?.[0]).toMatchObject({ lines: [{ message: 'line 7' }], to: { at: 7_000 } });
  expect(joined.details.logs?.[0]?.missing).toBeUndefined();
});

it.each<[string, Report, RegExp | undefined]>([
  ['a task that runs', look([tail(0, 1)]), undefined],
  [
    'a task that has ended',
    look([tail(0, 1)], 'The task has ended at 14:00'),
    /^Not followed: the task has ended at 14:00/,
  ],
  [
    'a log that goes elsewhere',
    look([{ container: 'app', task: 'a', lines: [] }]),
    /no stream that lines could come from/,
  ],
])('%s', (_what, report, said) => {
  expect(goesOn(report)).toBe(said === undefined);
  const nothing = nothingToFollow(report);
  if (said === undefined) expect(nothing).toBeUndefined();
  else expect(nothing).toMatch(said);
});

it('the terminal prints each line once, and what is left to say at the end', () => {
  const written: string[] = [];
  const stream = createLogStream({ write: (text: string) => written.push(text) > 0 } as never);
  const first = look([tail(0, 2)]);
  const second = withNewLines(first, look([tail(2, 1)]));
  stream.show(first);
  stream.show(second);
  const closing = stream.closing({
    kind: 'report',
    report: { ...second, details: { ...second.details, notes: ['Over.'] } },
  });
  expect(written.filter((text) => text.includes('line')).map((text) => text.trim())).toEqual([
    '00:00:00.000 line 0',
    '00:00:01.000 line 1',
    '00:00:02.000 line 2',
  ]);
  expect(closing).toContain('Over.');
});
