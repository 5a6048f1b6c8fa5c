import { measuredPhases, startWords } from './startup/phases.ts';
import type { StartRow, Startup } from './startup-details.ts';
import { plural } from './words.ts';

/** How long a start takes, phase by phase, each under its label: the same in Slack and in a terminal. */
export function startupLines({ rows, ready, unread, pull }: Startup): { label: string; text: string }[] {
  const revisions = rows.filter(({ of }) => of === 'revision');
  const zones = rows.filter(({ of }) => of === 'zone');
  const lines = [
    ...revisions.slice(0, rowsAtMost).map((row) => ({ label: 'Revision', text: rowText(row) })),
    ...(apart(zones) ? zones.slice(0, rowsAtMost).map((row) => ({ label: 'Zone', text: rowText(row) })) : []),
    { label: 'Ready', text: readyText(ready, unread === true) },
    { label: 'Pull', text: pull ? pullText(pull) : '' },
  ];
  return lines.filter(({ text }) => text !== '');
}

function readyText(ready: Startup['ready'], unread: boolean): string {
  if (ready) return `${ready.says} (estimated${unread ? ', and not all of it could be read' : ''})`;
  return unread ? 'what checks it could not be read' : 'nothing checks it: ready when it runs';
}

const rowsAtMost = 3;
/** Of fewer tasks the 95th percentile is the slowest one. */
const spreadAtLeast = 5;

function rowText(row: StartRow): string {
  const phases = measuredPhases.flatMap((phase) => {
    const measured = row[phase];
    if (!measured) return [];
    const spread = measured.tasks >= spreadAtLeast ? ` (p95 ${seconds(measured.p95)})` : '';
    return [`${startWords[phase]} ${seconds(measured.median)}${spread}`];
  });
  return `${row.name}, ${plural(row.tasks, 'task')}: ${phases.join(', ')}`;
}

/** Zones are worth a line where they differ. */
function apart(zones: readonly StartRow[]): boolean {
  return measuredPhases.some((phase) => {
    const medians = zones.flatMap((zone) => zone[phase]?.median ?? []);
    return medians.length > 1 && Math.max(...medians) > 2 * Math.min(...medians) && spreadOf(medians) > 10;
  });
}

function spreadOf(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}

function pullText({ bytes, perSecond }: NonNullable<Startup['pull']>): string {
  return `${size(bytes)} compressed${perSecond === undefined ? '' : `, ${size(perSecond)} a second with unpacking`}`;
}

/** `92 s`, `9.4 s`, `4 min 10 s`. */
export function seconds(value: number): string {
  if (value < 10) return `${Math.round(value * 10) / 10} s`;
  const whole = Math.round(value);
  if (whole < 120) return `${whole} s`;
  return `${Math.floor(whole / 60)} min${whole % 60 === 0 ? '' : ` ${whole % 60} s`}`;
}

/** `1.9 GB`, `240 MB`: decimal, as ECR shows them. */
export function size(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.max(1, Math.round(bytes / 1e6))} MB`;
}
