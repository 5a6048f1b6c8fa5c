/** Times as Slack writes them: in the reader's own zone and clock, a date token's own format where there is one. */

/** @param {string} ts a message's `seconds.micros` */
export const dateOf = (ts) => new Date(Number(ts) * 1000);

/** @param {Date} date */
export const clock = (date) => date.toLocaleTimeString([], { hour: 'numeric', minute: '2-digit' });

/** @param {Date} date */
export const clockSeconds = (date) =>
  date.toLocaleTimeString([], { hour: 'numeric', minute: '2-digit', second: '2-digit' });

/** @param {Date} date */
const dayStart = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** Whole calendar days between a date and today in the reader's zone; 1 is yesterday. @param {Date} date */
function daysAgo(date) {
  return Math.round((dayStart(new Date()) - dayStart(date)) / 86_400_000);
}

/** @param {Date} date */
export function dayName(date) {
  const days = daysAgo(date);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return date.toLocaleDateString([], { weekday: 'long', month: 'long', day: 'numeric' });
}

/** @param {Date} date */
export const fullTime = (date) => date.toLocaleString([], { dateStyle: 'full', timeStyle: 'long' });

/** @param {Date} date */
export function ago(date) {
  const minutes = Math.floor((Date.now() - date.getTime()) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} minute${minutes === 1 ? '' : 's'} ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} hour${hours === 1 ? '' : 's'} ago`;
  return `${dayName(date)} at ${clock(date)}`;
}

/** @param {Date} date @param {Intl.DateTimeFormatOptions} options @param {boolean} pretty */
function day(date, options, pretty) {
  const days = daysAgo(date);
  if (pretty && days === 0) return 'today';
  if (pretty && days === 1) return 'yesterday';
  if (pretty && days === -1) return 'tomorrow';
  return date.toLocaleDateString([], options);
}

/** @param {Date} date */
const numeric = (date) =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');

/** @type {Record<string, (date: Date) => string>} */
const TOKENS = {
  date_num: numeric,
  date_slash: (date) => date.toLocaleDateString([], { year: 'numeric', month: '2-digit', day: '2-digit' }),
  date: (date) => day(date, { year: 'numeric', month: 'long', day: 'numeric' }, false),
  date_pretty: (date) => day(date, { year: 'numeric', month: 'long', day: 'numeric' }, true),
  date_short: (date) => day(date, { year: 'numeric', month: 'short', day: 'numeric' }, false),
  date_short_pretty: (date) => day(date, { year: 'numeric', month: 'short', day: 'numeric' }, true),
  date_long: (date) => day(date, { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }, false),
  date_long_pretty: (date) =>
    day(date, { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }, true),
  day_divider_pretty: dayName,
  time: clock,
  time_secs: clockSeconds,
  ago,
};

/**
 * A date token's text (`{date_short} at {time}`), as Slack documents the tokens.
 * @param {number} seconds
 * @param {string} format
 */
export function formatDate(seconds, format) {
  const date = new Date(seconds * 1000);
  return format.replace(/\{(\w+)\}/g, (whole, name) => TOKENS[name]?.(date) ?? whole);
}
