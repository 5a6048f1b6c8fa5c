import type { Perf, ScalingState } from './perf-details.ts';
import { listed } from './words.ts';

/** What the charts of CPU and memory do not say, each under its label: the same in Slack and in a terminal. */
export function perfLines({ memory, scaling, unscaled }: Perf): { label: string; text: string }[] {
  const lines = [
    { label: 'Memory', text: memory?.limit ?? '' },
    {
      label: 'Scaling',
      text: scaling ? scalingText(scaling) : unscaled ? 'nothing scales it; its desired count is fixed' : '',
    },
    ...(scaling?.policies ?? []).map((text) => ({ label: 'Policy', text })),
  ];
  return lines.filter(({ text }) => text !== '');
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
