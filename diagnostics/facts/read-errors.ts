import type { Aws } from '#src/aws/aws.ts';
import { type Entry, readEntries } from '../log-reading/entries.ts';
import { isError } from '../log-reading/level.ts';
import type { LogLine, LogTail } from '../report.ts';
import { beside, linesOf, rawOf } from './found-lines.ts';
import { type Found, readWindow, type Window } from './log-window.ts';

/** Errors are looked for in so many lines, a call for each thousand. */
const errorLinesAtOnce = 1_000;
const errorCallsAtMost = 5;
const errorsAtMost = 50;
/** Errors of one kind are folded however far apart they are. */
const errorKinds = 500;

/** Reads back until there are enough errors, or enough has been read; behind a place it reads once. */
export async function readErrors(aws: Aws, window: Window): Promise<Partial<LogTail> & { lines: LogLine[] }> {
  let lines: LogLine[] = [];
  let errors: Entry[] = [];
  let found: Found | undefined;
  let newest: Found | undefined;
  for (let calls = 0; calls < errorCallsAtMost; calls += 1) {
    const before = found?.from ?? window.before;
    found = await readWindow(aws, { ...window, most: errorLinesAtOnce, before });
    newest ??= found;
    lines = [...(await linesOf(found.events)), ...lines];
    errors = readEntries(rawOf(lines), { held: errorKinds }).filter(({ level }) => isError(level));
    if (!found.older || window.after !== undefined || errors.length >= errorsAtMost) break;
  }
  const kept = window.after ? errors.slice(0, errorsAtMost) : errors.slice(-errorsAtMost);
  return {
    ...(found && beside(found)),
    ...(newest?.to && { to: newest.to }),
    ...(newest && { newer: newest.newer }),
    ...(kept.length < errors.length && cutAt(lines, errors, window)),
    lines: kept.map(({ at, text }) => ({ ...(at !== undefined && { at }), message: text })),
    entries: kept.map(({ line: _line, ...entry }) => entry),
    ...(kept.length === 0 && {
      missing: `no error among the ${lines.length} lines that were read`,
      why: 'no-match' as const,
    }),
  };
}

/** Where a page ends that has no room for all errors that were found: the next one goes on with those. */
function cutAt(
  lines: readonly LogLine[],
  errors: readonly Entry[],
  { before, after }: Window,
): Partial<LogTail> {
  const cut = (after ? errors[errorsAtMost] : errors.at(-errorsAtMost))?.line ?? 0;
  const at = Date.parse(lines[after ? cut - 1 : cut]?.at ?? '');
  const shown = after ? lines.slice(0, cut) : lines.slice(cut);
  const asked = after ?? before;
  const seen = asked?.at === at ? asked.skip : 0;
  const place = { at, skip: shown.filter((line) => Date.parse(line.at ?? '') === at).length + seen };
  if (Number.isNaN(at)) return {};
  return after ? { to: place, newer: true } : { from: place, older: true };
}
