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
