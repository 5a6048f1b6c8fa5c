import { plain } from '#blocks/escape.ts';
import { missedLook } from '#commands/follow.ts';
import type { Report } from '#diagnostics/report.ts';
import { scannedWords } from './insights.ts';

/** Where the terminal cannot be told, a line has this many columns. */
const usualColumns = 100;

export interface FollowLine {
  show(report: Report): void;
  /** Takes the line away, so that the answer starts on a clean one. */
  end(): void;
}

/** One line that changes in place; where the stream is no terminal, a line for each change. */
export function createFollowLine(
  stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>,
): FollowLine {
  let last = '';
  return {
    show(report) {
      const line = lineOf(report);
      if (line === last || line === '') return;
      last = line;
      stream.write(
        stream.isTTY ? `\r\u001B[2K${line.slice(0, (stream.columns ?? usualColumns) - 1)}` : `${line}\n`,
      );
    },
    end() {
      if (stream.isTTY && last !== '') stream.write('\r\u001B[2K');
    },
  };
}

/** `api:42 IN_PROGRESS · 1 of 2 running · 1 pending · breaker 1 of 3 · api in prod: …` */
function lineOf(report: Report): string {
  const { verdict } = report;
  const { deployment, insights } = report.details;
  if (report.command === 'insights')
    return insights?.state === 'running' ? `Logs Insights: ${scannedWords(insights)} so far` : '';
  if (!deployment) return plain(verdict.headline);
  const { revision, status, stage, running, pending, desired, breaker } = deployment;
  return plain(
    [
      `${revision} ${stage ?? status}`,
      `${running} of ${desired} running`,
      pending > 0 ? `${pending} pending` : '',
      breaker && breaker.failures > 0 ? `breaker ${breaker.failures} of ${breaker.threshold}` : '',
      missedLook(report) ?? (verdict.state === 'problem' ? verdict.headline : ''),
    ]
      .filter(Boolean)
      .join(' · '),
  );
}
