import { entryLines } from '#diagnostics/log-reading/words.ts';
import type { LogTail, Report } from '#diagnostics/report.ts';
import { plain } from './escape.ts';
import { own } from './limits.ts';

/** Everything that was read, line by line, with whole times: what a message has no room for is never lost. */
export function logFile(report: Report, tails: readonly LogTail[]): { name: string; content: string } {
  const isFolded = report.details.logView?.errors === true;
  const content = tails.map((tail) => {
    const lines = isFolded
      ? (tail.entries ?? []).flatMap(entryLines).map((line) => plain(line).trimEnd())
      : tail.lines.map(({ at, message }) => `${at === undefined ? '' : `${at} `}${plain(message).trimEnd()}`);
    const body = lines.length === 0 ? `(${tail.missing ?? 'empty'})` : lines.join('\n');
    return `== ${tail.container} ${tail.task}\n${body}\n`;
  });
  return { name: nameOf(report), content: content.join('\n') };
}

function nameOf(report: Report): string {
  const words = [report.target.service ?? report.target.family ?? 'task', report.target.environment, 'logs'];
  return `${words
    .join('-')
    .replace(/[^\w.-]+/g, '-')
    .slice(0, own.name)}.txt`;
}
