import type { LogCursor } from '#diagnostics/log-details.ts';
import { encodePage } from '#diagnostics/log-page.ts';
import { readEntries } from '#diagnostics/log-reading/entries.ts';
import type { LogLine, LogTail, Report } from '#diagnostics/report.ts';
import type { Request } from './command.ts';

/** CloudWatch allows 25 GetLogEvents a second and account; lines come in seconds after they were written. Milliseconds. */
export const logsEvery = 3_000;
/** Milliseconds. */
export const logsAtMost = 2 * 60_000;
/** CloudWatch takes lines in up to some seconds late, and then not in the order of their times. Milliseconds. */
const lateBy = 10_000;
/** Lines seen before that are read again for those that came in late between them. */
const againAtMost = 300;
/** Lines kept of one container while it is followed; the oldest go first. */
const linesAtMost = 5_000;

/** Whether lines may follow: there is a stream, or will be, and a task that has not ended. */
export function logsGoOn({ details }: Report): boolean {
  const { logs = [], logView } = details;
  return (
    logView !== undefined && logView.ended === undefined && logs.some(({ stream }) => stream !== undefined)
  );
}

/** The question for what was written since a look, and for what came in late. */
export function sinceLook(request: Request, { details }: Report): Request {
  const places = (details.logs ?? []).flatMap((tail) => {
    const { task, revision, container, stream } = tail;
    return revision === undefined || stream === undefined
      ? []
      : [{ task, revision, container, stream, ...placeOf(tail, details.logView?.errors === true) }];
  });
  if (places.length === 0) return request;
  const { since: _since, ...options } = request.options;
  return { ...request, options: { ...options, page: encodePage({ direction: 'since', places }) } };
}

/**
 * Some seconds before the end of what was seen, and no further back than that reaches. Errors are read with the lines
 * around them, so that they are not the same when they are read from elsewhere: no error is asked for twice.
 */
function placeOf({ from, to, lines }: LogTail, isErrors: boolean): LogCursor {
  if (to === undefined) return { at: 0, skip: 0 };
  if (from === undefined || isErrors) return to;
  const at = Math.max(to.at - lateBy, from.at + 1, timeOf(lines.at(-againAtMost - 1)) + 1);
  return at < to.at ? { at, skip: 0 } : to;
}

/** 0 where there is none. */
function timeOf(line: LogLine | undefined): number {
  return Date.parse(line?.at ?? '') || 0;
}

/** What has been seen so far with what a later look has found behind it. */
export function withNewLines(before: Report, seen: Report): Report {
  const found = new Map((seen.details.logs ?? []).map((tail) => [keyOf(tail), tail]));
  const joined = (before.details.logs ?? []).map((tail) => appended(tail, found.get(keyOf(tail))));
  const logs = joined.map(({ tail }) => tail);
  const isMore = joined.some(({ isMore: isLonger }) => isLonger);
  const { page: _page, ended, ...view } = { containers: [], ...seen.details.logView };
  return {
    ...seen,
    aws: { ...seen.aws, calls: before.aws.calls + seen.aws.calls },
    details: {
      ...before.details,
      logs,
      logView: {
        ...before.details.logView,
        ...view,
        // What an ended task wrote last still comes in: only a look without lines is the last one.
        ...(ended !== undefined && !isMore && { ended }),
      },
    },
    verdict: before.verdict,
    findings: before.findings,
  };
}

function keyOf({ task, container }: LogTail): string {
  return `${task} ${container}`;
}

function appended(before: LogTail, more: LogTail | undefined): { tail: LogTail; isMore: boolean } {
  if (more === undefined) return { tail: before, isMore: false };
  const to = isBehind(more.to, before.to) ? more.to : before.to;
  const fresh = unseen(before.lines, more.lines);
  if (fresh.length === 0) return { tail: { ...before, ...(to && { to }) }, isMore: false };
  const lines = inOrder([...before.lines, ...fresh]).slice(-linesAtMost);
  const { missing: _missing, why: _why, ...rest } = before;
  const from = before.from ?? more.from;
  const tail: LogTail = {
    ...rest,
    lines,
    entries: readEntries(lines.map(({ at, message }) => ({ at, message }))),
    ...(from && { from }),
    ...(to && { to }),
  };
  return { tail, isMore: true };
}

function isBehind(one: LogCursor | undefined, other: LogCursor | undefined): boolean {
  if (one === undefined || other === undefined) return one !== undefined;
  return one.at > other.at || (one.at === other.at && one.skip > other.skip);
}

/** GetLogEvents gives events no id: of those of one time and text as many are new as were not there before. */
function unseen(before: readonly LogLine[], lines: readonly LogLine[]): LogLine[] {
  const seen = new Map<string, number>();
  const nameOf = ({ at, message }: LogLine) => `${at} ${message}`;
  const from = lines[0]?.at ?? '';
  for (const line of before) {
    if ((line.at ?? '') >= from) seen.set(nameOf(line), (seen.get(nameOf(line)) ?? 0) + 1);
  }
  return lines.filter((line) => {
    const left = seen.get(nameOf(line)) ?? 0;
    seen.set(nameOf(line), left - 1);
    return left <= 0;
  });
}

/** By time; lines of one time stay as they came. */
function inOrder(lines: readonly LogLine[]): LogLine[] {
  return lines.toSorted((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : Number((a.at ?? '') > (b.at ?? ''))));
}
