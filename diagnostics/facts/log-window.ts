import type { OutputLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import type { Aws } from '#src/aws/aws.ts';
import type { LogCursor } from '../log-details.ts';
import { searchLog } from './search-log.ts';

/** Which part of a stream is wanted: its end, or what lies before or behind a place in it. */
export interface Window {
  group: string;
  stream: string;
  /** Events at most. */
  most: number;
  /** Milliseconds; the start belongs to the window and the end does not. */
  since?: number | undefined;
  until?: number | undefined;
  before?: LogCursor | undefined;
  after?: LogCursor | undefined;
  /** Only events that hold this text. */
  filter?: string | undefined;
  /**
   * CloudWatch may give fewer events than there are, and only the token that comes again is the end: `always` reads on
   * to it, which costs a call more; a time (milliseconds) where the events begin later than they should by that.
   */
  readOn?: 'always' | number | undefined;
}

export interface Found {
  /** Oldest first. */
  events: OutputLogEvent[];
  from?: LogCursor;
  to?: LogCursor;
  older: boolean;
  newer: boolean;
  /** False where a search ended before everything was searched. */
  isWhole: boolean;
}

/** Pages read for one part of a stream; empty ones too, before it counts as empty. */
const pagesAtMost = 5;
/** A process that has written nothing for so long since its start has perhaps written what has not come. Milliseconds. */
const silentAtFirst = 60_000;
/** GetLogEvents takes no more, and answers with at most a megabyte: a fuller page may have been cut by its size. */
const limitAtMost = 10_000;
const fullBytes = 700_000;

/**
 * Reads a part of a stream, with a call where nothing is empty. Places are times and not CloudWatch's tokens: those
 * end after a day, and buttons do not. Events of one millisecond are told apart by their number.
 */
export async function readWindow(aws: Aws, window: Window): Promise<Found> {
  const { most, before, after } = window;
  const skip = (before ?? after)?.skip ?? 0;
  const limit = Math.min(most + skip, limitAtMost);
  const range = {
    since: after ? Math.max(after.at, window.since ?? 0) : window.since,
    until: before ? Math.min(before.at + 1, window.until ?? Number.POSITIVE_INFINITY) : window.until,
  };
  const { events, isWhole, isFull } =
    window.filter === undefined
      ? await getEvents(aws, window, range, limit)
      : await searchEvents(aws, window, range, limit);
  const rest = before ? withoutSeen(events, before, 'end') : withoutSeen(events, after, 'start');
  const kept = after ? rest.slice(0, most) : rest.slice(-most);
  const isCut = isFull || kept.length < rest.length || kept.length >= most;
  const moment = kept[0]?.timestamp;
  const isMoment = moment !== undefined && kept.at(-1)?.timestamp === moment;
  const asked = before ?? after;
  const all = isMoment && (isCut || asked?.at === moment) ? await countOf(aws, window, moment) : undefined;
  return {
    events: kept,
    ...cursorsOf(kept, window, all),
    // The head of what may be read has nothing before it.
    older: after === undefined ? isCut || !isWhole : after.at + after.skip > (window.since ?? 0),
    newer: before !== undefined || (after !== undefined && isCut),
    isWhole,
  };
}

interface Range {
  since: number | undefined;
  until: number | undefined;
}

interface Answer {
  events: OutputLogEvent[];
  isWhole: boolean;
  isFull: boolean;
}

/** Events of one millisecond, where a page holds nothing but some of them and so cannot tell which they are. */
async function countOf(aws: Aws, window: Window, moment: number): Promise<number> {
  const range = { since: moment, until: moment + 1 };
  const whole: Window = { ...window, before: undefined, after: { at: moment, skip: 0 }, readOn: 'always' };
  const read = window.filter === undefined ? getEvents : searchEvents;
  return (await read(aws, whole, range, limitAtMost)).events.length;
}

/** GetLogEvents may answer with an empty page before it has come to the events; the same token again is the end. */
async function getEvents(
  { logs }: Aws,
  { group, stream, after, readOn }: Window,
  range: Range,
  limit: number,
): Promise<Answer> {
  const startFromHead = after !== undefined;
  let events: OutputLogEvent[] = [];
  let nextToken: string | undefined;
  for (let pages = 0; pages < pagesAtMost; pages += 1) {
    const answer = await logs.getLogEvents({
      logGroupName: group,
      logStreamName: stream,
      startTime: range.since,
      endTime: range.until,
      startFromHead,
      limit: limit - events.length,
      nextToken,
    });
    const page = answer.events ?? [];
    events = startFromHead ? [...events, ...page] : [...page, ...events];
    const next = startFromHead ? answer.nextForwardToken : answer.nextBackwardToken;
    const isFull = bytesOf(page) > fullBytes;
    if (next === nextToken || next === undefined) return { events, isWhole: true, isFull };
    if (events.length >= limit || isFull || (events.length > 0 && !readsOn(events, readOn)))
      return { events, isWhole: true, isFull };
    nextToken = next;
  }
  return { events, isWhole: events.length > 0, isFull: true };
}

function readsOn([first]: readonly OutputLogEvent[], readOn: Window['readOn']): boolean {
  if (typeof readOn !== 'number') return readOn === 'always';
  return (first?.timestamp ?? 0) > readOn + silentAtFirst;
}

async function searchEvents(aws: Aws, window: Window, range: Range, limit: number): Promise<Answer> {
  const { group, stream, filter = '', after } = window;
  const where = {
    logGroupName: group,
    logStreamNames: [stream],
    // Quoted, so that CloudWatch reads no pattern language into what somebody typed.
    filterPattern: `"${filter.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`,
    startTime: range.since,
    endTime: range.until,
  };
  const { events, isWhole, left } = await searchLog(
    aws,
    limit,
    where,
    after === undefined ? 'newest' : 'oldest',
  );
  return { events, isWhole, isFull: left };
}

function bytesOf(events: readonly OutputLogEvent[]): number {
  return events.reduce((sum, { message }) => sum + (message?.length ?? 0) + 26, 0);
}

/** Without the events of the cursor's millisecond that have been seen already. */
function withoutSeen(
  events: OutputLogEvent[],
  cursor: LogCursor | undefined,
  side: 'start' | 'end',
): OutputLogEvent[] {
  if (cursor === undefined) return events;
  const same = events.filter(({ timestamp }) => timestamp === cursor.at).length;
  const seen = Math.min(cursor.skip, same);
  return side === 'start' ? events.slice(seen) : events.slice(0, events.length - seen);
}

/**
 * Where the events begin and end; of a window without events the place that it was asked from.
 * @param all events of their millisecond, where they are of one alone
 */
function cursorsOf(
  events: readonly OutputLogEvent[],
  { before, after }: Window,
  all: number | undefined,
): Pick<Found, 'from' | 'to'> {
  const [first, last] = [events[0]?.timestamp, events.at(-1)?.timestamp];
  const asked = before ?? after;
  if (first === undefined || last === undefined) return asked ? { from: asked, to: asked } : {};
  const at = (time: number) => events.filter(({ timestamp }) => timestamp === time).length;
  const seen = (time: number, cursor: LogCursor | undefined) => (cursor?.at === time ? cursor.skip : 0);
  const from = at(first) + seen(first, before);
  const to = at(last) + seen(last, after);
  return {
    from: { at: first, skip: all !== undefined && after ? all - seen(first, after) : from },
    to: { at: last, skip: all !== undefined && !after ? all - seen(last, before) : to },
  };
}
