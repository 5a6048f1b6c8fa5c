import type {
  FilteredLogEvent,
  FilterLogEventsRequest,
  FilterLogEventsResponse,
  GetLogEventsRequest,
  GetLogEventsResponse,
} from '@aws-sdk/client-cloudwatch-logs';
import { offsetOf, tokenFor } from '../paging.ts';
import type { Account, LogEvent, LogGroup, LogStream } from '../world.ts';
import { filterPattern } from './filter-pattern.ts';
import {
  checkClass,
  checkLimit,
  findGroup,
  findStream,
  groupResource,
  invalid,
  invalidToken,
} from './logs-names.ts';
import { type Operation, overWorld } from './operation.ts';

export const logEventOperations: Record<string, Operation> = {
  GetLogEvents: overWorld(
    getLogEvents,
    (input, account) => groupResource(input, account) + input.logStreamName,
  ),
  FilterLogEvents: overWorld(filterLogEvents, groupResource),
};

const mostEvents = 10_000;
const largestAnswer = 1_048_576;
/** What each event counts beside its text towards the largest answer. */
const eventOverhead = 26;

interface Range {
  startTime?: number;
  endTime?: number;
}

/** Tokens point between two events of the stream: forward ones are read from there on, backward ones up to there. */
function getLogEvents(input: GetLogEventsRequest, account: Account): GetLogEventsResponse {
  const limit = checkLimit(input.limit, mostEvents);
  const group = findGroup(input, account);
  checkClass(group, 'GetLogEvents');
  const stream = findStream(group, input.logStreamName ?? '');
  const events = inRange(stream, input);
  const [start, end] = window(events, input, limit);
  return {
    events: events.slice(start, end).map(({ at, message }) => ({
      timestamp: at.getTime(),
      message,
      ingestionTime: at.getTime(),
    })),
    nextForwardToken: positionToken('f', end),
    nextBackwardToken: positionToken('b', start),
  };
}

function window(events: LogEvent[], input: GetLogEventsRequest, limit: number): [number, number] {
  const { direction, position } = readPosition(input, events.length);
  if (direction === 'f') return [position, position + fitting(events.slice(position, position + limit))];
  const before = events.slice(Math.max(0, position - limit), position);
  return [position - fitting(before.toReversed()), position];
}

function readPosition(input: GetLogEventsRequest, count: number): { direction: 'f' | 'b'; position: number } {
  if (!input.nextToken) {
    return input.startFromHead ? { direction: 'f', position: 0 } : { direction: 'b', position: count };
  }
  const [, direction, digits] = input.nextToken.match(/^([fb])\/(\d{56})\/s$/) ?? [];
  if (!direction) throw invalidToken();
  return { direction: direction === 'f' ? 'f' : 'b', position: Math.min(Number(digits), count) };
}

function positionToken(direction: 'f' | 'b', position: number): string {
  return `${direction}/${String(position).padStart(56, '0')}/s`;
}

/** How many of these events an answer of 1 MiB holds, but at least one. */
function fitting(events: readonly LogEvent[]): number {
  let bytes = 0;
  const over = events.findIndex((event) => {
    bytes += Buffer.byteLength(event.message) + eventOverhead;
    return bytes > largestAnswer;
  });
  return over === -1 ? events.length : Math.max(1, over);
}

/** The start belongs to the range and the end does not. */
function inRange(
  { events, later = [] }: LogStream,
  { startTime = 0, endTime = Number.POSITIVE_INFINITY }: Range,
): LogEvent[] {
  const now = Date.now();
  return [...events, ...later.filter(({ at }) => at.getTime() <= now)]
    .filter(({ at }) => at.getTime() >= startTime && at.getTime() < endTime)
    .toSorted((left, right) => left.at.getTime() - right.at.getTime());
}

function filterLogEvents(input: FilterLogEventsRequest, account: Account): FilterLogEventsResponse {
  const limit = checkLimit(input.limit, mostEvents);
  const group = findGroup(input, account);
  checkClass(group, 'FilterLogEvents');
  const events = streamsOf(input, group)
    .flatMap((stream) => inRange(stream, input).map((event) => ({ ...event, stream: stream.name })))
    .toSorted((left, right) => left.at.getTime() - right.at.getTime());
  const matches = filterPattern(input.filterPattern ?? '');
  const list = `events ${group.name} ${input.filterPattern ?? ''}`;
  const start = input.nextToken ? offsetOf(input.nextToken, list) : 0;
  if (start === undefined) throw invalidToken();
  const searchEnd = Math.min(events.length, start + (group.eventsPerSearch ?? events.length));
  const found: FilteredLogEvent[] = [];
  let position = start;
  for (; position < searchEnd && found.length < limit; position += 1) {
    const event = events[position];
    if (event && matches(event.message)) found.push(shown(event, position));
  }
  return {
    events: found,
    // Always empty since June 2019, though the shape kept it.
    searchedLogStreams: [],
    nextToken: position < events.length ? tokenFor(list, position) : undefined,
  };
}

function streamsOf(input: FilterLogEventsRequest, group: LogGroup): LogStream[] {
  const { logStreamNames: names, logStreamNamePrefix: prefix } = input;
  if (names?.length && prefix) {
    throw invalid('logStreamNamePrefix and logStreamNames are mutually exclusive.');
  }
  if ((names?.length ?? 0) > 100) throw invalid('logStreamNames can have at most 100 items.');
  if (names?.length) return names.map((name) => findStream(group, name));
  return group.streams.filter((stream) => stream.name.startsWith(prefix ?? ''));
}

function shown(event: LogEvent & { stream: string }, position: number): FilteredLogEvent {
  const timestamp = event.at.getTime();
  return {
    logStreamName: event.stream,
    timestamp,
    message: event.message,
    ingestionTime: timestamp,
    eventId: `${timestamp}${String(position).padStart(43, '0')}`,
  };
}
