import { lackWords } from './placement/histogram.ts';
import type { Details } from './report.ts';
import type { Backoff, PhaseRow } from './waiting-details.ts';
import { duration, plural } from './words.ts';

/** What the details of waiting tasks say, each under its label: the same in Slack and in a terminal. Times are ISO 8601. */
export function waitingLines(details: Details): { label: string; text: string }[] {
  const lines = [
    ...(details.phases ?? []).slice(0, rowsAtMost).map((row) => ({ label: 'Pending', text: phaseText(row) })),
    { label: 'Instances', text: placementText(details) },
    { label: 'Provider', text: providerText(details) },
    { label: 'Addresses', text: addressText(details) },
    { label: 'Capacity', text: details.capacity ?? '' },
    { label: 'Next try', text: backoffText(details) },
  ];
  return lines.filter(({ text }) => text !== '');
}

const rowsAtMost = 5;
const lacksAtMost = 4;

function phaseText({
  count,
  task,
  revision,
  text,
  status,
  seconds,
  normal,
  samples,
  limit,
  stuck,
  waitsFor,
}: PhaseRow): string {
  const who = count === 1 ? `task ${task.slice(0, 8)}` : plural(count, 'task');
  const usual =
    normal === undefined
      ? ''
      : `, usually ${duration(Math.max(1, normal) * 1000)} (${plural(samples, 'task')})`;
  const state = !stuck
    ? ''
    : normal === undefined && waitsFor === undefined
      ? `, stuck from ${duration(limit * 1000)} on`
      : ', stuck';
  // What is waited for decides how long is normal, not how long others took.
  const waits = waitsFor === undefined ? usual : `: ${waitsFor}`;
  return `${who} of ${revision}, ${status}: ${text} for ${duration(Math.max(1, seconds) * 1000)}${waits}${state}`;
}

function placementText({ placement }: Details): string {
  if (!placement) return '';
  const { needs, instances, fits, lacks } = placement;
  const rows = lacks
    .slice(0, lacksAtMost)
    .map(
      ({ kind, label, count, only, best }) =>
        `${lackWords({ kind, label, count })}${only > 0 && only < count ? ` (${only} that alone)` : ''}, best ${best}`,
    );
  const whole = `${fits} of ${instances} could take one more task (${needs})`;
  return [whole, ...rows].join('; ');
}

function providerText({ provider = [] }: Details): string {
  return provider.map(({ text, ok }) => (ok ? text : `here it breaks: ${text}`)).join(' → ');
}

/** Said only where it matters: where a subnet could not take its part of a deployment. */
function addressText({ addresses }: Details): string {
  if (!addresses || addresses.subnets.length === 0) return '';
  const { subnets, needed } = addresses;
  const each = Math.max(1, Math.ceil(needed / subnets.length));
  if (subnets.every(({ free }) => free >= each)) return '';
  const frees = subnets.map(({ subnet, zone, name, free }) => `${name ?? subnet} (${zone}) ${free}`);
  const need = needed > 0 ? `; a deployment needs up to ${needed} at once` : '';
  return `free: ${frees.join(', ')}${need}`;
}

function backoffText({ backoff }: Details): string {
  if (!backoff) return '';
  const gap = duration(backoff.gapSeconds * 1000);
  return `${nextTryWords(backoff)}; the last was at ${backoff.lastTry}, ${gap} after the one before. A new deployment starts at once`;
}

/** When ECS tries next: `about TIME, TIME at the latest`, or that it is due. */
export function nextTryWords({ nextTry, latest }: Partial<Backoff>): string {
  const about = nextTry === undefined ? 'due now' : `about ${nextTry}`;
  return latest === undefined ? about : `${about}, ${latest} at the latest`;
}
