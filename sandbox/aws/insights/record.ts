import type { LogEvent } from '../world.ts';

/** A log event, or a row made of several, by field. Times are milliseconds since the epoch. */
export type Row = Map<string, string | number>;

const mostFields = 200;

/** The fields that Logs Insights finds by itself: its own five, and those of an event that is JSON. */
export function recordOf(event: LogEvent, stream: string, log: string): Row {
  const at = event.at.getTime();
  const row: Row = new Map<string, string | number>([
    ['@timestamp', at],
    ['@message', event.message],
    ['@logStream', stream],
    ['@log', log],
    ['@ingestionTime', at],
  ]);
  const text = event.message.trim();
  if (text.startsWith('{')) {
    try {
      flatten(JSON.parse(text), '', row);
    } catch {
      // An event that only begins like JSON has no fields of its own.
    }
  }
  return row;
}

function flatten(value: unknown, path: string, row: Row): void {
  if (row.size > mostFields) return;
  if (typeof value === 'string' || typeof value === 'number') row.set(path, value);
  else if (typeof value === 'boolean') row.set(path, value ? 1 : 0);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value))
      flatten(inner, path === '' ? key : `${path}.${key}`, row);
  }
}

/** `2026-11-24 14:41:07.318`, as results show a time. */
export function timeText(at: number): string {
  return new Date(at).toISOString().replace('T', ' ').replace('Z', '');
}

export function textOf(field: string, value: string | number): string {
  return typeof value === 'number' && (field === '@timestamp' || field === '@ingestionTime')
    ? timeText(value)
    : String(value);
}
