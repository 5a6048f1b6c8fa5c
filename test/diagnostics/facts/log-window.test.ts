import { describe, expect, it } from 'vitest';
import { type Found, readWindow, type Window } from '#diagnostics/facts/log-window.ts';

interface Input {
  startTime?: number;
  endTime?: number;
  startFromHead?: boolean;
  limit: number;
  nextToken?: string;
}

interface Stream {
  /** Times of the events, ascending. */
  times: readonly number[];
  /** Events that a page holds at most, whatever was asked for: CloudWatch may give fewer than there are. */
  perPage?: number;
}

/** GetLogEvents over events that are named by their number. */
function cloudWatch({ times, perPage = 10_000 }: Stream) {
  const calls: Input[] = [];
  const getLogEvents = async (input: Input) => {
    calls.push(input);
    const { startTime = 0, endTime = Number.POSITIVE_INFINITY, startFromHead, limit, nextToken } = input;
    const events = times
      .map((timestamp, index) => ({ timestamp, message: String(index) }))
      .filter(({ timestamp }) => timestamp >= startTime && timestamp < endTime);
    const most = Math.min(limit, perPage);
    const at = nextToken === undefined ? (startFromHead ? 0 : events.length) : Number(nextToken);
    const [start, end] = startFromHead
      ? [at, Math.min(at + most, events.length)]
      : [Math.max(0, at - most), at];
    return {
      events: events.slice(start, end),
      nextForwardToken: String(end),
      nextBackwardToken: String(start),
    };
  };
  const read = (window: Partial<Window>): Promise<Found> =>
    readWindow({ logs: { getLogEvents } } as never, { group: 'g', stream: 's', most: 100, ...window });
  return { calls, read };
}

const numbers = ({ events }: Found) => events.map(({ message }) => Number(message));
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

const streams: [string, Stream][] = [
  ['a line each second', { times: upTo(350).map((index) => index * 1_000) }],
  ['350 lines of one millisecond', { times: upTo(350).map(() => 5_000) }],
  [
    '300 lines of one millisecond among others',
    { times: upTo(500).map((index) => (index < 90 ? index : index < 390 ? 90 : index)) },
  ],
  [
    'a hundred lines, and a hundred of the next millisecond',
    { times: upTo(200).map((index) => Math.floor(index / 100)) },
  ],
  [
    'seven lines a page, and seventy of each millisecond',
    { times: upTo(210).map((index) => Math.floor(index / 70)), perPage: 40 },
  ],
];

describe.each(streams)('%s', (_what, stream) => {
  const every = upTo(stream.times.length);

  it('are read back from the end, each once', async () => {
    const { read } = cloudWatch(stream);
    const seen: number[] = [];
    let page = await read({ readOn: 'always' });
    for (let pages = 0; pages < 20; pages += 1) {
      seen.unshift(...numbers(page));
      if (!page.older || page.events.length === 0) break;
      page = await read({ before: page.from, readOn: 'always' });
    }
    expect(seen).toEqual(every);
  });

  it('are read on from the head, each once', async () => {
    const { read } = cloudWatch(stream);
    const seen: number[] = [];
    let page = await read({ after: { at: 0, skip: 0 }, readOn: 'always' });
    expect(page.older).toBe(false);
    for (let pages = 0; pages < 20; pages += 1) {
      seen.push(...numbers(page));
      if (!page.newer) break;
      page = await read({ after: page.to, readOn: 'always' });
    }
    expect(seen).toEqual(every);
  });

  it('lead from each page to the one beside it and back', async () => {
    const { read } = cloudWatch(stream);
    const last = await read({ readOn: 'always' });
    const before = await read({ before: last.from, readOn: 'always' });
    expect(numbers(await read({ after: before.to, readOn: 'always' }))).toEqual(numbers(last));
    const first = await read({ after: { at: 0, skip: 0 }, readOn: 'always' });
    const second = await read({ after: first.to, readOn: 'always' });
    expect(numbers(await read({ before: second.from, readOn: 'always' }))).toEqual(numbers(first));
  });
});

describe('a page that is not full', () => {
  const times = upTo(30).map((index) => 1_000_000 + index);

  it.each<[string, Window['readOn'], number, number]>([
    ['costs one call where its first line came soon after the start', 1_000_000 - 5_000, 1, 10],
    ['is read on to the end of the stream where its first line came late', 1_000_000 - 90_000, 4, 30],
    ['is read on wherever that is asked for', 'always', 4, 30],
    ['costs one call where nothing is known', undefined, 1, 10],
  ])('%s', async (_what, readOn, calls, count) => {
    const stream = cloudWatch({ times, perPage: 10 });
    const page = await stream.read({ readOn });
    expect(page.events).toHaveLength(count);
    expect(stream.calls).toHaveLength(calls);
  });

  it('has older lines where the end was not reached', async () => {
    const { read } = cloudWatch({ times, perPage: 2 });
    const page = await read({ readOn: 'always' });
    expect(page).toMatchObject({ older: true, isWhole: true });
    expect(page.events).toHaveLength(10);
  });
});
