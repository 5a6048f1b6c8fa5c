import { withoutControls } from '#diagnostics/log-reading/plain-line.ts';
import { UsageError } from './command.ts';

/** CloudWatch takes patterns of 1,024 characters, of which two are the quotes around the text. */
const patternAtMost = 1_022;

/**
 * The text that lines of a log are to hold, as it is searched: without colours, controls and halves of characters, which
 * no log is asked for by anybody who means to.
 * @throws UsageError
 */
export function readFilterText(typed: string): string {
  const text = withoutControls(typed).trim();
  if (text === '')
    throw new UsageError('The filter is empty: --filter takes the text that lines are to hold.');
  if (/[\r\n]/.test(text))
    throw new UsageError(
      'The filter has several lines: a line of the log is searched at a time, so one is enough.',
    );
  // A quote and a backslash are escaped.
  const escaped = text.replace(/["\\]/g, '\\$&').length;
  if (escaped > patternAtMost)
    throw new UsageError(
      `The filter is too long: CloudWatch takes ${patternAtMost.toLocaleString('en-US')} characters, and this has ${escaped.toLocaleString('en-US')}.`,
    );
  return text;
}
