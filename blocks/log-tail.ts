import type { RichTextBlock } from '@slack/types';
import type { LogTail } from '#diagnostics/report.ts';
import { clamp, oneLine, plain } from './escape.ts';
import { own } from './limits.ts';
import { line, literal, preformatted, rich, sentence, when } from './rich.ts';
import { shortTask } from './words.ts';

/**
 * The end of the crash log on the first screen, at most `most` lines, the oldest cut first.
 * Slack cannot convert times within preformatted text, so the lines go without; most carry their own.
 */
export function tailBlock(tail: LogTail | undefined, most: number): RichTextBlock[] {
  if (tail === undefined) return [];
  if (tail.lines.length === 0) {
    const reason = oneLine(tail.missing ?? 'it is empty', own.evidence);
    return rich([line([...title('No log of ', tail), ...literal(`: ${reason}`)])]);
  }
  const lines = most === 0 ? [] : tail.lines.slice(-most);
  const cut = tail.lines.length - lines.length;
  const ending = cut > 0 || tail.truncated === true ? [...literal(' · earlier lines in the full log')] : [];
  if (lines.length === 0) {
    return rich([line([...title('Log of ', tail), ...literal(': left out for length, in the full log')])]);
  }
  return rich([
    line([...title('Last lines of ', tail), ...ending]),
    preformatted(lines.map(({ message }) => logLine(message)).join('\n')),
  ]);
}

/** `app, task 3f2a…, before it stopped at 14:38:12` */
export function title(before: string, tail: LogTail) {
  const until =
    tail.until === undefined
      ? []
      : [...literal(', before it stopped at '), ...when(tail.until, '{time_secs}')];
  return [
    ...literal(before),
    ...sentence(tail.container, own.name, 'bold'),
    ...sentence(tail.task === '' ? '' : `, task ${shortTask(tail.task)}`, own.name),
    ...until,
  ];
}

/** Indentation and line breaks stay: a stack trace is read by them. What cannot be shown is not cleaned. */
function logLine(message: string): string {
  return clamp(plain(message.slice(0, own.logLine * 8)).trimEnd(), own.logLine);
}
