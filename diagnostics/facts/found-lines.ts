import type { OutputLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { asSearched } from '../log-reading/plain-line.ts';
import { redactAll } from '../redact.ts';
import type { LogLine, LogTail } from '../report.ts';
import type { Found } from './log-window.ts';

/** Where what was found begins and ends, as a tail has it. */
export function beside({ from, to, older, newer, isWhole }: Found): Partial<LogTail> {
  return { ...(from && { from }), ...(to && { to }), older, newer, ...(!isWhole && { truncated: true }) };
}

/** Redacted. */
export async function linesOf(events: readonly OutputLogEvent[]): Promise<LogLine[]> {
  // A secret that a colour begins within is one that no rule would find.
  const messages = await redactAll(events.map(({ message = '' }) => asSearched(message)));
  return events.map(({ timestamp }, index) => ({
    ...(timestamp !== undefined && { at: new Date(timestamp).toISOString() }),
    message: messages[index] ?? '',
  }));
}

/** As they are read on. */
export function rawOf(lines: readonly LogLine[]) {
  return lines.map(({ at, message }) => ({ at, message }));
}
