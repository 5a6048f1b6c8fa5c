import { shareOf } from './perf/task-samples.ts';
import type { Perf, ScalingState } from './perf-details.ts';
import type { TaskMemory } from './task-memory-details.ts';
import { duration, listed } from './words.ts';

/** What the charts of CPU and memory do not say, each under its label: the same in Slack and in a terminal. */
export function perfLines({
  memory,
  scaling,
  unscaled,
  killed,
  hosts = [],
}: Perf): { label: string; text: string }[] {
  const lines = [
    { label: 'Memory', text: memory?.limit ?? '' },
    {
      label: 'Killed',
      text: killed === undefined ? '' : `task ${killed}; with --task ${killed} its last samples are read`,
    },
    { label: 'Instances', text: hostsText(hosts) },
    {
      label: 'Scaling',
      text: scaling ? scalingText(scaling) : unscaled ? 'nothing scales it; its desired count is fixed' : '',
    },
    ...(scaling?.policies ?? []).map((text) => ({ label: 'Policy', text })),
  ];
  return lines.filter(({ text }) => text !== '');
}

const hostsAtMost = 3;

/** `i-0a (t3.medium) at 20 % CPU with 0 credits left`. */
function hostsText(hosts: NonNullable<Perf['hosts']>): string {
  const told = hosts.slice(0, hostsAtMost).map(({ id, type, cpu, credits }) => {
    const left = credits === undefined ? '' : ` with ${Math.round(credits)} credits left`;
    return `${id}${type === undefined ? '' : ` (${type})`} at ${percent(cpu)} CPU${left}`;
  });
  const more = hosts.length - told.length;
  return [...told, ...(more > 0 ? [`${more} more`] : [])].join(' · ');
}

function scalingText({ min, max, desired, suspended, last, says }: ScalingState): string {
  const range = min === max ? `minimum and maximum are both ${min}` : `${min} to ${max} tasks`;
  const parts = [
    `${range}, ${desired} now`,
    suspended.length > 0 ? `suspended: ${listed(suspended)}` : '',
    last ?? '',
    ...says,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** `38 %`; one decimal below ten. */
export function percent(value: number): string {
  return `${value >= 10 ? Math.round(value) : Math.round(value * 10) / 10} %`;
}

type Sampled = TaskMemory['containers'][number];
const containersAtMost = 4;

/** The memory of one task, container by container, the one nearest to its limit first. */
export function taskMemoryLines({
  task,
  stoppedAt,
  containers,
}: TaskMemory): { label: string; text: string }[] {
  const texts = containers
    .slice(0, containersAtMost)
    .map((one) => `${usedText(one)} at ${one.lastAt}${beforeStop(one, stoppedAt)}${grownText(one)}`);
  return texts.length === 0 ? [] : [{ label: `Task ${task.slice(0, 8)}`, text: texts.join(' · ') }];
}

/** Of the container that was nearest to its limit: `app used 498 of 512 MiB (97 %) 40 s before it stopped`. */
export function taskMemoryHeadline({ task, stoppedAt, containers: [first] }: TaskMemory): string {
  const name = `task ${task.slice(0, 8)}`;
  if (!first) return `${name} has no samples`;
  return `${name}: ${usedText(first)}${beforeStop(first, stoppedAt)}`;
}

function usedText(container: Sampled): string {
  const { name, last, limit, reserved } = container;
  const whole =
    limit !== undefined
      ? ` of ${limit} MiB (${percent(shareOf(container) * 100)})`
      : reserved === undefined
        ? ' MiB'
        : ` MiB, ${reserved} are reserved`;
  return `${name} used ${Math.round(last)}${whole}`;
}

function beforeStop({ lastAt }: Sampled, stoppedAt: string | undefined): string {
  if (stoppedAt === undefined) return '';
  const ms = Date.parse(stoppedAt) - Date.parse(lastAt);
  return ms < 0 ? '' : `, ${duration(ms)} before it stopped`;
}

const grownAtLeast = 16;

function grownText({ grew, highest, samples }: Sampled): string {
  const most = `${Math.round(highest)} MiB at most in ${samples} samples`;
  return grew >= grownAtLeast ? `; it grew by ${Math.round(grew)}, ${most}` : `; ${most}`;
}

/** A sample a minute sees neither the last seconds nor a spike between two. */
export const samplesMiss =
  'Samples of one minute miss a spike of seconds: a low number does not refute that memory ran out.';
