import type { Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { FactContext } from '../fact.ts';
import type { LogCursor } from '../log-details.ts';
import { exactly, readEntries } from '../log-reading/entries.ts';
import { logGroupLink } from '../logs/console-links.ts';
import type { LogLine, LogTail } from '../report.ts';
import { stopTime } from '../stop-time.ts';
import { idOf } from '../words.ts';
import { beside, linesOf, rawOf } from './found-lines.ts';
import { type LogLocation, logLocation, taskId } from './log-location.ts';
import { isAbsence, isRefusedFilter, readByInsights, refusedFilter } from './log-refusal.ts';
import { type Found, readWindow, type Window } from './log-window.ts';
import { readErrors } from './read-errors.ts';

/** Lines of one container that are shown at once. */
export const linesAtMost = 100;
/** Of a log that is followed: what came since the last look, and some seconds of what was seen before it. */
const followedAtMost = 1_000;
/** CloudWatch takes lines in a little after the process wrote them. Milliseconds. */
const ingestionMargin = 10_000;
export interface Wanted {
  task: Task;
  definition: TaskDefinition;
  container: string;
  before?: LogCursor;
  after?: LogCursor;
  /** Instead of the one that is computed. */
  stream?: string;
}

export type CloudWatchPlace = Extract<LogLocation, { kind: 'cloudwatch' }>;

export type LogContext = Pick<FactContext, 'scope' | 'awsIn'> & Partial<Pick<FactContext, 'target'>>;

/** What a place without lines is told of. */
export interface Nothing {
  tail: LogTail;
  place: CloudWatchPlace;
  /** AWS's error where the stream could not be read. */
  error?: Error;
}

/** Why there are no lines: the part of a tail that says so. */
export type Absence = (nothing: Nothing) => Promise<Pick<LogTail, 'missing' | 'why' | 'link' | 'unread'>>;

/**
 * The lines of one container of one task that the scope asks for: the last ones before it stopped, those beside a
 * place in the stream, those that hold a text, or only errors. Redacted.
 * @param absence says why there are none
 */
export async function readLog(context: LogContext, wanted: Wanted, absence: Absence): Promise<LogTail> {
  const { scope, target } = context;
  const { task, definition, container, before, after } = wanted;
  const { page } = scope;
  const located = logLocation(task, definition, container);
  const revision = idOf(definition.taskDefinitionArn ?? task.taskDefinitionArn);
  const tail: LogTail = {
    container,
    task: taskId(task),
    ...(revision !== '' && { revision }),
    lines: [],
  };
  if (located.kind === 'elsewhere' && wanted.stream === undefined) {
    return { ...tail, missing: located.text, why: 'elsewhere', ...(located.link && { link: located.link }) };
  }
  const place = placeOf(located, wanted);
  if (place === undefined)
    return { ...tail, missing: `the log group of ${container} is not known`, why: 'unclear' };
  const stoppedAt = stopTime(task);
  const { group, stream, region } = place;
  const link = logGroupLink(region ?? target?.region, group, stream);
  const known: LogTail = {
    ...tail,
    group,
    stream,
    ...(region !== undefined && { region }),
    ...(stoppedAt && { until: new Date(stoppedAt).toISOString() }),
    ...(link !== undefined && { link }),
  };
  const window: Window = {
    group,
    stream,
    most: page?.direction === 'since' ? followedAtMost : linesAtMost,
    readOn: readOn(context, task),
    since: scope.since?.getTime(),
    until: stoppedAt ? stoppedAt + ingestionMargin : undefined,
    before,
    after,
    filter: scope.filter,
  };
  try {
    const found =
      scope.errors === true
        ? await readErrors(context.awsIn(region), window)
        : await readLines(await readBeside(context, region, window), (before ?? after) !== undefined);
    const full = { ...known, ...found };
    return full.lines.length > 0 || page !== undefined
      ? full
      : { ...full, ...(await absence({ tail: full, place })) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (isRefusedFilter(error))
      return { ...known, missing: refusedFilter(scope.filter, error), why: 'bad-filter' };
    if (!isAbsence(error)) throw error;
    // A page of a stream that is not there yet, or no more.
    const asked = page && (after ?? before);
    if (asked) return { ...known, from: asked, to: asked };
    return { ...known, ...(await absence({ tail: known, place, error })) };
  }
}

/**
 * How far a page that is not full is read on: to the end where somebody leafs through a log or asks for all its errors,
 * else only where it begins later than the process did. A look that follows begins where the last one ended anyway.
 */
function readOn({ scope }: LogContext, task: Task): Window['readOn'] {
  const { page, head, errors, since } = scope;
  if (page?.direction === 'since') return undefined;
  if (page || head === true || errors === true) return 'always';
  const begins = Math.max(since?.getTime() ?? 0, (task.startedAt ?? task.createdAt)?.getTime() ?? 0);
  return begins === 0 ? undefined : begins;
}

function placeOf(
  located: LogLocation,
  { stream, definition, container }: Wanted,
): CloudWatchPlace | undefined {
  if (located.kind === 'cloudwatch') return stream === undefined ? located : { ...located, stream };
  const options = definition.containerDefinitions?.find(({ name }) => name === container)?.logConfiguration
    ?.options;
  const group = options?.['awslogs-group'];
  if (group === undefined || stream === undefined) return undefined;
  return { kind: 'cloudwatch', group, stream, region: options?.['awslogs-region'] };
}

/** Where hardly anything lies behind a place, the end of the stream is what a reader wants to see. */
async function readBeside(
  { awsIn, scope }: LogContext,
  region: string | undefined,
  window: Window,
): Promise<Found> {
  const found = await readWindow(awsIn(region), window);
  const isEnd = scope.page?.direction === 'newer' && !found.newer;
  return isEnd ? readWindow(awsIn(region), { ...window, after: undefined }) : found;
}

async function readLines(found: Found, isPage: boolean): Promise<Partial<LogTail> & { lines: LogLine[] }> {
  const lines = await linesOf(found.events);
  return { ...beside(found), lines, entries: readEntries(rawOf(lines), isPage ? exactly : {}) };
}

/** The last lines that one container wrote before its task stopped, or why there are none, as other questions show them. */
export async function readTail(
  context: FactContext,
  task: Task,
  definition: TaskDefinition,
  container: string,
): Promise<LogTail> {
  const { awsIn } = context;
  const { errors: _errors, filter: _filter, page: _page, head: _head, ...scope } = context.scope;
  const {
    entries: _entries,
    from: _from,
    to: _to,
    older: _older,
    newer: _newer,
    ...tail
  } = await readLog({ awsIn, scope }, { task, definition, container }, async (nothing) => ({
    missing: briefly(nothing, scope.since),
  }));
  return tail;
}

function briefly({ tail, place: { group, stream }, error }: Nothing, since: Date | undefined): string {
  if (error === undefined && tail.truncated === true)
    return 'no line was found: CloudWatch gave empty pages only, and had not come to the end of the stream';
  if (error === undefined) return `the stream exists and holds no line${since ? ' since then' : ''}`;
  if (error.name !== 'ResourceNotFoundException') return readByInsights(group, error);
  if (/group/i.test(error.message)) return `the log group ${group} does not exist`;
  return `there is no stream ${stream}: either the process wrote nothing, or the stream could not be created, or it is no longer kept`;
}
