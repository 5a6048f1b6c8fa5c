import type { RichTextDate } from '@slack/types';

/**
 * Times in the reader's own time zone, by Slack's date tokens. The fallback is UTC and says so.
 */

export type TimeFormat = '{time}' | '{time_secs}' | '{date_short_pretty}, {time}';

const halfDay = 12 * 60 * 60 * 1_000;

/** The day is said where it is not this one. */
export function timeFormat(at: string, asOf: string): TimeFormat {
  return Math.abs(Date.parse(asOf) - Date.parse(at)) > halfDay ? '{date_short_pretty}, {time}' : '{time}';
}

/** Seconds since 1970, or undefined for what is no time. */
function seconds(iso: string): number | undefined {
  const time = Date.parse(iso);
  return Number.isFinite(time) ? Math.floor(time / 1_000) : undefined;
}

/** `14:02 UTC`, for places that Slack does not convert. */
export function utc(iso: string, withSeconds = false): string {
  const at = seconds(iso);
  if (at === undefined) return 'unknown time';
  return `${new Date(at * 1_000).toISOString().slice(11, withSeconds ? 19 : 16)} UTC`;
}

/** A date leaf of rich text; undefined for what is no time. */
export function dateLeaf(iso: string, format: TimeFormat): RichTextDate | undefined {
  const timestamp = seconds(iso);
  if (timestamp === undefined) return undefined;
  return { type: 'date', timestamp, format, fallback: utc(iso, format === '{time_secs}') };
}

/** The same as a token for mrkdwn. */
export function dateToken(iso: string, format: TimeFormat): string {
  const at = seconds(iso);
  return at === undefined ? 'unknown time' : `<!date^${at}^${format}|${utc(iso)}>`;
}

const isoPattern = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})/g;

/** ISO 8601 times within a text, in order. */
export function isoTimes(text: string): { iso: string; index: number; length: number }[] {
  return [...text.matchAll(isoPattern)]
    .filter((match) => seconds(match[0]) !== undefined)
    .map((match) => ({ iso: match[0], index: match.index, length: match[0].length }));
}

/** The text with its ISO times as `14:02 UTC`. */
export function withUtc(text: string): string {
  return text.replace(isoPattern, (iso) => (seconds(iso) === undefined ? iso : utc(iso)));
}
