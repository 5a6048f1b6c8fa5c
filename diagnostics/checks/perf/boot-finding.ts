import type { ServiceEvent } from '@aws-sdk/client-ecs';
import { describeService } from '../../by-hand.ts';
import { pasteable } from '../../causes/define.ts';
import { findingOf, namesFor } from '../../findings.ts';
import { moreCpu } from '../../perf/advice.ts';
import { cpuOf, vcpu } from '../../perf/limits.ts';
import { meanOf, percentile } from '../../perf/series.ts';
import { percent } from '../../perf-words.ts';
import type { Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { idOf, plural } from '../../words.ts';
import { metricEvidence, type Picture } from './picture.ts';

const minute = 60_000;
/** After a start; what is at the limit longer is no boot. */
const boot = 10 * minute;
const atLimit = 95;
const minutesAtLeast = 3;
/** What 90 of 100 other minutes stay below, percent. */
const calm = 70;

const startEvent = /has started \d+ tasks/;
const failedCheck = /failed (?:ELB|container) health checks|is unhealthy in/i;

/**
 * Only new tasks are at the limit, and their checks fail meanwhile: the size is what makes the start slow. A start that
 * takes all the CPU and gets through is no fault.
 */
export function bootFinding(picture: Picture): Finding[] {
  const { usage, service, target, definition, fargate } = picture;
  const events = (service.events ?? []).filter(({ createdAt }) => createdAt && createdAt >= usage.from);
  const starts = timesOf(events, startEvent);
  const isBoot = (at: Date) => starts.some((start) => isWithin(at, start));
  const during = usage.cpu.maximum.filter(({ at }) => isBoot(at));
  const later = usage.cpu.maximum.filter(({ at }) => !isBoot(at));
  const pinned = during.filter(({ value }) => value >= atLimit);
  const failed = failedChecks(picture, events).filter(({ at }) => isBoot(at));
  const tasks = new Set(failed.map(({ task }) => task)).size;
  if (pinned.length < minutesAtLeast || tasks === 0) return [];
  if (later.length > 0 && percentile(later, 0.9) >= calm) return [];
  const names = pasteable(namesFor(target, { service, definition }));
  const size = cpuOf(definition);
  const each = Math.max(1, Math.round(pinned.length / starts.length));
  const calmly =
    later.length > 0
      ? `other minutes stay near ${percent(percentile(later, 0.9))}`
      : 'none has got beyond that';
  return [
    findingOf(
      answer('cpu-saturated-at-boot', {
        status: 'likely',
        why: 'CPU is at its limit only while new tasks start, and their checks fail meanwhile',
        decide: 'the same image with more CPU: if it is healthy sooner, that was it',
      }),
      names,
      {
        subject: service.serviceArn,
        summary: `New tasks use ${percent(meanOf(pinned))} of ${size === undefined ? 'their CPU' : vcpu(size)} for about ${plural(each, 'minute')} while they start, and ${plural(tasks, 'task')} failed health checks meanwhile; ${calmly}.`,
        count: tasks,
        lastAt: new Date(Math.max(...failed.map(({ at }) => at.getTime()))).toISOString(),
        reasonOf: [
          'elb-health-timeout',
          'elb-health-failed',
          'container-health-failed',
          'elb-grace-too-short',
        ],
        evidence: [
          metricEvidence(picture, {
            metric: 'CPUUtilization',
            statistic: 'Maximum',
            value: `${percent(meanOf(pinned))} in ${plural(pinned.length, 'minute')} after ${plural(starts.length, 'start')}`,
            at: pinned.at(-1)?.at,
          }),
          {
            api: 'ecs:DescribeServices',
            field: 'services[0].events[].message',
            value: failed[0]?.text ?? '',
            at: failed[0]?.at.toISOString(),
            cli: describeService(target),
          },
        ],
        fix: moreCpu(
          { definition, fargate, names },
          'Give the start more CPU, or checks more patience (startPeriod, grace period)',
        ),
      },
    ),
  ];
}

interface FailedCheck {
  at: Date;
  task: string;
  text: string;
}

/** The newest first; what the events say and what stopped tasks say is often of the same task. */
function failedChecks({ stops = [] }: Picture, events: readonly ServiceEvent[]): FailedCheck[] {
  const said = events.flatMap(({ createdAt: at, message: text = '' }) => {
    const [, task] = /\(task ([0-9a-f]+)\)/.exec(text) ?? [];
    return at && task !== undefined && failedCheck.test(text) ? [{ at, task, text }] : [];
  });
  const stopped = stops.flatMap(({ taskArn, stoppedReason: text = '', stoppingAt, stoppedAt }) => {
    const at = stoppingAt ?? stoppedAt;
    return at && failedCheck.test(text) ? [{ at, task: idOf(taskArn), text }] : [];
  });
  return [...said, ...stopped].sort((a, b) => b.at.getTime() - a.at.getTime());
}

function timesOf(events: readonly ServiceEvent[], pattern: RegExp): Date[] {
  return events
    .filter(({ message = '' }) => pattern.test(message))
    .flatMap(({ createdAt }) => createdAt ?? []);
}

function isWithin(at: Date, start: Date): boolean {
  const after = at.getTime() - start.getTime();
  return after >= -minute && after <= boot;
}
