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

/** Empty pages read before a stream counts as empty. */
const pagesAtMost = 5;
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
  return {
    events: kept,
    ...cursorsOf(kept, window),
    older: after !== undefined || isCut || !isWhole,
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

/** GetLogEvents may answer with an empty page before it has come to the events; the same token again is the end. */
async function getEvents(
  { logs }: Aws,
  { group, stream, after }: Window,
  range: Range,
  limit: number,
): Promise<Answer> {
  const startFromHead = after !== undefined;
  let nextToken: string | undefined;
  for (let pages = 0; pages < pagesAtMost; pages += 1) {
    const answer = await logs.getLogEvents({
      logGroupName: group,
      logStreamName: stream,
      startTime: range.since,
      endTime: range.until,
      startFromHead,
      limit,
      nextToken,
    });
    const events = answer.events ?? [];
    const next = startFromHead ? answer.nextForwardToken : answer.nextBackwardToken;
    if (events.length > 0 || next === nextToken || next === undefined)
      return { events, isWhole: true, isFull: bytesOf(events) > fullBytes };
    nextToken = next;
  }
  return { events: [], isWhole: false, isFull: false };
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

/** Where the events begin and end; of a window without events the place that it was asked from. */
function cursorsOf(events: readonly OutputLogEvent[], { before, after }: Window): Pick<Found, 'from' | 'to'> {
  const [first, last] = [events[0]?.timestamp, events.at(-1)?.timestamp];
  const asked = before ?? after;
  if (first === undefined || last === undefined) return asked ? { from: asked, to: asked } : {};
  const at = (time: number) => events.filter(({ timestamp }) => timestamp === time).length;
  const seen = (time: number, cursor: LogCursor | undefined) => (cursor?.at === time ? cursor.skip : 0);
  return {
    from: { at: first, skip: at(first) + seen(first, before) },
    to: { at: last, skip: at(last) + seen(last, after) },
  };
}
