import type { Health, HealthGroup, HealthTarget, Timing } from './health-details.ts';
import type { Verdict } from './report.ts';
import { cut, duration, plural, spanOf } from './words.ts';

/** What the details of health checks say, each under its label: the same in Slack and in a terminal. */
export function healthLines(
  { groups, containers, timing, metrics }: Health,
  { state, status }: Pick<Verdict, 'state' | 'status'>,
): { label: string; text: string }[] {
  // Where the cause is certain, what else a reason could mean would only lead astray.
  const certain = state === 'problem' && status === 'confirmed';
  const lines = [
    ...groups.map((group) => ({ label: 'Targets', text: groupText(group) })),
    ...groups.flatMap((group) => targetTexts(group, certain).map((text) => ({ label: 'Target', text }))),
    ...containers.map(({ container, command, healthy, unhealthy, total, seconds }) => ({
      label: 'Container',
      text: `${container}: ${healthy} of ${total} pass “${cut(command, 80)}”${unhealthy > 0 ? `, ${unhealthy} fail` : ''}; unhealthy after ${seconds} s if it never passes`,
    })),
    { label: 'Timing', text: timing ? timingText(timing) : '' },
    { label: 'Metrics', text: metrics ? metricsText(metrics) : '' },
  ];
  return lines.filter(({ text }) => text !== '');
}

function groupText({ name, healthy, total, leaving, check, idle, failsOpen }: HealthGroup): string {
  const draining = leaving > 0 ? `, ${leaving} draining` : '';
  const count = idle
    ? `idle, ${plural(total, 'target')}`
    : `${healthy} of ${total} healthy${failsOpen ? ', fails open' : ''}`;
  return `${name}: ${count}${draining} · ${check}`;
}

const targetsAtMost = 5;

/** A line for each that is not healthy; those that say alike beyond the first come together. */
function targetTexts({ targets, idle }: HealthGroup, certain: boolean): string[] {
  // What is left in the group that waits for the next deployment is nobody's concern now.
  if (idle) return [];
  const told = targets.filter(({ state }) => state !== 'healthy');
  const alike = Map.groupBy(told, ({ state, says }) => `${state} ${says}`);
  const texts = [...alike.values()].map((same) => targetText(same, certain));
  const more = texts.length - targetsAtMost;
  return [...texts.slice(0, targetsAtMost), ...(more > 0 ? [`${more} more states`] : [])];
}

function targetText([first, ...rest]: readonly HealthTarget[], certain: boolean): string {
  if (!first) return '';
  const { target, task, zone, state, says, age } = first;
  const who = task === undefined ? `${target}, of no task` : `${target}, task ${task.slice(0, 8)}`;
  const ran = age === undefined ? '' : `, running for ${duration(age * 1000)}`;
  const others = rest.length > 0 ? ` and ${plural(rest.length, 'more target')}` : '';
  return `${who}${zone === undefined ? '' : `, ${zone}`}${others}: ${state}, ${certain ? says.split(/[:,]/)[0] : says}${ran}`;
}

/** `grace 60 s · unhealthy 45 s after the first failed check (3 checks, every 15 s) · …` */
function timingText(timing: Timing): string {
  const { grace, detection, earliest, recovery, interval, kills, slowest, measured } = timing;
  const first = timing.slowToRegister
    ? 'a new target healthy with the first checks that pass, which a network load balancer may begin minutes after the registration'
    : `a new target healthy with the first check that passes, within ${earliest} s`;
  const parts = [
    grace > 0 ? `grace ${grace} s` : 'no grace period',
    `unhealthy after ${detection} s of failed checks (${detection / interval} × ${interval} s)`,
    `${first}; one that was unhealthy after ${recovery} s of passed checks (${recovery / interval} × ${interval} s)`,
    kills.length > 0
      ? `stopped ${spanOf(kills)} s after the start${kills.length > 1 ? `, ${kills.length} times` : ''}`
      : '',
    slowest === undefined ? '' : `slowest start ${slowest} s (${plural(measured, 'task')})`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function metricsText({
  minutes,
  p99,
  serverErrors,
  connectionErrors,
  unhealthySince,
}: NonNullable<Health['metrics']>): string {
  const parts = [
    p99 === undefined
      ? ''
      : `p99 ${p99 < 1 ? `${Math.round(p99 * 1000)} ms` : `${p99.toFixed(1)} s`} at worst`,
    serverErrors > 0 ? `${plural(serverErrors, '5xx answer')}` : '',
    connectionErrors > 0 ? `${plural(connectionErrors, 'failed connection')}` : '',
  ].filter((part) => part !== '');
  const since = unhealthySince === undefined ? '' : `unhealthy since ${unhealthySince}`;
  const lately = parts.length === 0 ? '' : `last ${minutes} minutes: ${parts.join(', ')}`;
  return [lately, since].filter((part) => part !== '').join(' · ');
}
