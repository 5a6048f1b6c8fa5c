import { describeService } from '../../by-hand.ts';
import { findingOf, namesFor } from '../../findings.ts';
import { countSet, isAct, type Need, needOf, type Scaling } from '../../perf/scaling.ts';
import { percent } from '../../perf-words.ts';
import type { Evidence, Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { plural } from '../../words.ts';
import { alarmFindings } from './alarm-findings.ts';
import type { Picture } from './picture.ts';
import {
  activityEvidence,
  alarmEvidence,
  registerTarget,
  resumeTarget,
  targetEvidence,
  tooFew,
} from './scaling-evidence.ts';

/** Why the service does not scale, where it should; and what will keep it from scaling, where that is certain. */
export function scalingFindings(picture: Picture, scaling: Scaling): Finding[] {
  const { cpuNow, memoryNow, desired } = picture;
  const need = needOf(scaling, { cpu: cpuNow, memory: memoryNow, desired });
  return [
    ...suspended(picture, scaling, need),
    ...atMaximum(picture, scaling, need),
    ...alarmFindings(picture, scaling),
    ...failed(picture, scaling),
    ...overridden(picture, scaling, need),
  ];
}

function suspended(picture: Picture, { target: limits }: Scaling, need: Need | undefined): Finding[] {
  const { target, service, desired } = picture;
  if (limits.SuspendedState?.DynamicScalingOutSuspended !== true || !need) return [];
  return [
    findingOf(
      answer('autoscaling-suspended', { why: 'scaling out is suspended' }),
      namesFor(target, { service }),
      {
        subject: service.serviceArn,
        summary: `Scaling out is suspended while ${need.why}; ${plural(desired, 'task')} ${desired === 1 ? 'carries' : 'carry'} it.`,
        reasonOf: tooFew,
        evidence: [
          targetEvidence(picture, limits, 'SuspendedState.DynamicScalingOutSuspended', 'true'),
          ...needEvidence(picture, need),
        ],
        fix: resumeTarget(picture, limits),
      },
    ),
  ];
}

function atMaximum(picture: Picture, scaling: Scaling, need: Need | undefined): Finding[] {
  const { target, service, desired, cpuNow } = picture;
  const { MaxCapacity: max = 0, MinCapacity: min = 0, SuspendedState } = scaling.target;
  if (!need || desired < max || SuspendedState?.DynamicScalingOutSuspended === true) return [];
  const held = (scaling.activities ?? []).find(({ NotScaledReasons = [] }) =>
    NotScaledReasons.some(({ Code }) => Code === 'AlreadyAtMaxCapacity'),
  );
  const load = cpuNow === undefined ? '' : ` at ${percent(cpuNow)} CPU`;
  const both = min === max ? `, which is its minimum too: it cannot scale at all` : '';
  return [
    findingOf(
      answer('autoscaling-at-maximum', { why: 'desired count equals MaxCapacity' }),
      namesFor(target, { service }),
      {
        subject: service.serviceArn,
        summary: `It has ${plural(desired, 'task')}${load} and its maximum is ${max}${both}, while ${need.why}.`,
        reasonOf: tooFew,
        evidence: [
          targetEvidence(picture, scaling.target, 'MaxCapacity', String(max)),
          ...needEvidence(picture, need),
          ...(held ? [activityEvidence(picture, held)] : []),
        ],
        fix: registerTarget(picture, Math.max(need.tasks ?? 0, max + 1), need),
      },
    ),
  ];
}

/** The newest act did not get its way, and none since has. */
function failed(picture: Picture, { activities = [] }: Scaling): Finding[] {
  const { target, service, usage } = picture;
  const newest = activities.find((activity) => isAct(activity) && activity.StatusCode !== 'InProgress');
  if (!newest || !['Failed', 'Unfulfilled'].includes(newest.StatusCode ?? '')) return [];
  const at = newest.EndTime ?? newest.StartTime;
  if (!at || at < usage.from) return [];
  const unfulfilled = newest.StatusCode === 'Unfulfilled';
  return [
    findingOf(
      answer('autoscaling-failed', { why: `the newest scaling activity is ${newest.StatusCode}` }),
      namesFor(target, { service }),
      {
        subject: service.serviceArn,
        summary: `${newest.Description ?? 'Scaling'} ${unfulfilled ? 'The count was set, and the tasks did not come' : 'ECS refused'}: ${newest.StatusMessage ?? 'no reason is given'}`,
        lastAt: at.toISOString(),
        reasonOf: tooFew,
        evidence: [activityEvidence(picture, newest)],
        next: unfulfilled ? ['why-pending'] : ['iam'],
      },
    ),
  ];
}

/** Milliseconds in which ECS may still show the count from before. */
const settles = 2 * 60_000;

/** The count is not what scaling set last, and scaling has not set it since: a stack or a person did. */
function overridden(
  picture: Picture,
  { activities = [], target: limits }: Scaling,
  need: Need | undefined,
): Finding[] {
  const { target, service, desired, scope } = picture;
  const newest = activities.find((activity) => isAct(activity) && activity.StatusCode === 'Successful');
  const set = newest && countSet(newest);
  const at = newest?.EndTime ?? newest?.StartTime;
  if (!newest || set === undefined || !at || desired >= set || !need) return [];
  if (scope.now.getTime() - at.getTime() < settles || desired < (limits.MinCapacity ?? 0)) return [];
  const later = (service.deployments ?? []).find(({ createdAt }) => createdAt && createdAt > at);
  const alongside = later?.createdAt ? ` A deployment began at ${later.createdAt.toISOString()}.` : '';
  return [
    findingOf(
      answer('autoscaling-overridden', {
        status: 'likely',
        why: 'the desired count is lower than scaling set it, without an activity since',
        decide: 'who called UpdateService: CloudTrail has it',
      }),
      namesFor(target, { service }),
      {
        subject: service.serviceArn,
        summary: `Scaling had set ${plural(set, 'task')} at ${at.toISOString()}, and the desired count is ${desired}: something else set it since.${alongside}`,
        lastAt: at.toISOString(),
        reasonOf: tooFew,
        next: ['changes'],
        evidence: [
          activityEvidence(picture, newest),
          {
            api: 'ecs:DescribeServices',
            field: 'services[0].desiredCount',
            value: String(desired),
            cli: describeService(target),
          },
        ],
      },
    ),
  ];
}

function needEvidence(picture: Picture, { alarm }: Need): Evidence[] {
  return alarm ? [alarmEvidence(picture, alarm)] : [];
}
