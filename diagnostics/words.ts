/** Words that several sentences share, so that one thing is said one way everywhere. */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `40 minutes`, `3 hours`, `2 days`: rounded so that it reads at a glance. */
export function duration(ms: number): string {
  if (ms < 90_000) return plural(Math.max(1, Math.round(ms / 1000)), 'second');
  if (ms < 2 * hour) return plural(Math.round(ms / minute), 'minute');
  if (ms < 2 * day) return plural(Math.round(ms / hour), 'hour');
  return plural(Math.round(ms / day), 'day');
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `once, 12 minutes ago` or `6 times in the last 40 minutes`. */
export function times(count: number, first: number, last: number, now: number): string {
  if (!last) return count === 1 ? 'once' : plural(count, 'time');
  if (count === 1) return `once, ${duration(now - last)} ago`;
  const recently = now - last < 0.5 * (now - first) || now - last < 10 * minute;
  return recently
    ? `${count} times in the last ${duration(now - first)}`
    : `${count} times, the last ${duration(now - last)} ago`;
}

/** The id or name at the end of an ARN; empty where there is none. */
export function idOf(arn: string | undefined): string {
  return arn?.split('/').at(-1) ?? '';
}

/** `api:42` of a task definition's ARN. */
export function revisionOf(arn: string | undefined): string {
  return idOf(arn) || 'unknown';
}

/** `a, b and c`. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** At most `length` code points, the cut marked. */
export function cut(text: string, length: number): string {
  const points = [...text];
  return points.length <= length ? text : `${points.slice(0, length - 1).join('')}…`;
}

/** `61`, or `61 to 74` of several. */
export function spanOf(numbers: readonly number[]): string {
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  return low === high ? String(low) : `${low} to ${high}`;
}

/**
 * What people call a thing that AWS names by its ARN: `prod/api/database`, `/prod/api/key`, `api-execution`. Other
 * things, and what is no ARN, stay as they are.
 */
export function calledBy(text: string): string {
  const [, service, place] = /^"?arn:[\w-]+:([\w-]+):[\w-]*:\d*:(.+?)"?$/s.exec(text) ?? [];
  if (service === undefined || place === undefined) return text;
  if (service === 's3') return place;
  const [, name] = kinds[service]?.exec(place) ?? [];
  return name ?? text;
}

/** Of a secret the ARN ends in six random characters more. */
const kinds: Partial<Record<string, RegExp>> = {
  secretsmanager: /^secret:(.+?)(?:-[A-Za-z0-9]{6})?$/,
  ssm: /^parameter(\/.+)$/,
  iam: /^role\/(?:.*\/)?([^/]+)$/,
  logs: /^log-group:([^:]+)/,
  ecr: /^repository\/(.+)$/,
};
