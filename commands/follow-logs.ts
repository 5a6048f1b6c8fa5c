import { encodePage } from '#diagnostics/log-page.ts';
import { readEntries } from '#diagnostics/log-reading/entries.ts';
import type { LogTail, Report } from '#diagnostics/report.ts';
import type { Request } from './command.ts';

/** CloudWatch allows 25 GetLogEvents a second and account; lines come in seconds after they were written. Milliseconds. */
export const logsEvery = 3_000;
/** Milliseconds. */
export const logsAtMost = 2 * 60_000;
/** Lines kept of one container while it is followed; the oldest go first. */
const linesAtMost = 5_000;

/** Whether lines may follow: there is a stream, or will be, and a task that has not ended. */
export function logsGoOn({ details }: Report): boolean {
  const { logs = [], logView } = details;
  return (
    logView !== undefined && logView.ended === undefined && logs.some(({ stream }) => stream !== undefined)
  );
}

/** The question for what was written since a look. */
export function sinceLook(request: Request, { details }: Report): Request {
  const places = (details.logs ?? []).flatMap(({ task, revision, container, stream, to }) =>
    revision === undefined || stream === undefined
      ? []
      : [{ task, revision, container, stream, ...(to ?? { at: 0, skip: 0 }) }],
  );
  if (places.length === 0) return request;
  const { since: _since, ...options } = request.options;
  return { ...request, options: { ...options, page: encodePage({ direction: 'since', places }) } };
}

/** What has been seen so far with what a later look has found behind it. */
export function withNewLines(before: Report, seen: Report): Report {
  const found = new Map((seen.details.logs ?? []).map((tail) => [keyOf(tail), tail]));
  const logs = (before.details.logs ?? []).map((tail) => appended(tail, found.get(keyOf(tail))));
  const isMore = (seen.details.logs ?? []).some(({ lines }) => lines.length > 0);
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

function appended(before: LogTail, more: LogTail | undefined): LogTail {
  if (more === undefined) return before;
  const { to = before.to } = more;
  if (more.lines.length === 0) return { ...before, ...(to && { to }) };
  const lines = [...before.lines, ...more.lines].slice(-linesAtMost);
  const { missing: _missing, why: _why, ...rest } = before;
  const from = before.from ?? more.from;
  return {
    ...rest,
    lines,
    entries: readEntries(lines.map(({ at, message }) => ({ at, message }))),
    ...(from && { from }),
    ...(to && { to }),
  };
}
