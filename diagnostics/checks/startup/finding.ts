import { describeTargetGroup, describeTask } from '../../by-hand.ts';
import { pasteable } from '../../causes/define.ts';
import { findingOf, namesFor } from '../../findings.ts';
import type { Evidence, Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { type MeasuredPhase, type StartPhase, startMeaning, startWords } from '../../startup/phases.ts';
import { isSlowStart } from '../../startup/ready.ts';
import { seconds, size } from '../../startup-words.ts';
import { idOf, plural } from '../../words.ts';
import { adviceFor } from './advice.ts';
import { type StartPicture, slowPhase } from './picture.ts';

/** A single start shows what happened once, and not what usually does. */
const startsAtLeast = 2;

/** The one phase that is worth changing; nothing where starts are as they should be. */
export function slowStartFinding(picture: StartPicture): Finding[] {
  const phase = slowPhase(picture);
  if (phase === undefined) return [];
  const { target, service, definition, seconds: taken, total, starts, ready } = picture;
  const slowStart = phase === 'ready' && ready !== undefined && isSlowStart(ready);
  const names = pasteable(namesFor(target, { service, definition }));
  const own = taken[phase] ?? 0;
  const share = Math.round((own / Math.max(1, total)) * 100);
  const before = phase === 'ready' ? undefined : starts.before?.phases[phase]?.median;
  const was =
    before === undefined || before * 1.5 > own ? '' : `, ${seconds(before)} with ${starts.beforeName}`;
  const measured = phase === 'ready' ? 0 : (starts.newest.phases[phase]?.tasks ?? 0);
  return [
    findingOf(
      answer(`slow-start-${phase}`, {
        // What the settings allow is no measurement, and one slow start is no rule.
        status: measured >= startsAtLeast ? 'confirmed' : 'likely',
        // Whoever sets a slow start wants it: that it takes its time is worth a word, and no fault.
        ...(slowStart && { severity: 'info' as const }),
        why: `${startWords[phase]} takes most of a start`,
        decide:
          phase === 'ready'
            ? 'health, which measures it by the HealthyHostCount of the target group; no time of ECS has it'
            : 'the next start, for this is the only one',
      }),
      names,
      {
        subject: service.serviceArn,
        summary: `${capital(startWords[phase])} takes ${phase === 'ready' ? 'up to ' : ''}${seconds(own)} of about ${seconds(total)} (${share} %)${was}, over ${plural(starts.newest.tasks.length, 'task')} of ${starts.newest.revision}: ${slowStart ? 'until it gets its full share of requests' : startMeaning[phase]}${weight(picture, phase)}.`,
        evidence: phase === 'ready' ? readyEvidence(picture) : phaseEvidence(picture, phase),
        fix: adviceFor(phase, picture, names),
        next: phase === 'ready' ? ['health'] : phase === 'pull' ? ['network', 'image'] : ['perf'],
      },
    ),
  ];
}

/** `, 1.9 GB compressed`. */
function weight({ sizes }: StartPicture, phase: StartPhase): string {
  return phase === 'pull' && sizes && sizes.bytes > 0 ? `, ${size(sizes.bytes)} compressed` : '';
}

const fields: Record<MeasuredPhase, string> = {
  provision: 'tasks[].createdAt to pullStartedAt',
  pull: 'tasks[].pullStartedAt to pullStoppedAt',
  boot: 'tasks[].pullStoppedAt to startedAt',
};

function phaseEvidence({ starts, target, sizes }: StartPicture, phase: MeasuredPhase): Evidence[] {
  const measured = starts.newest.phases[phase];
  const [newest] = starts.newest.tasks;
  if (!measured) return [];
  return [
    {
      api: 'ecs:DescribeTasks',
      field: fields[phase],
      value: `median ${seconds(measured.median)}, p95 ${seconds(measured.p95)} over ${plural(measured.tasks, 'task')}`,
      ...(newest?.createdAt && { at: newest.createdAt.toISOString() }),
      cli: describeTask(target, idOf(newest?.taskArn)),
    },
    ...(phase === 'pull' && sizes
      ? sizes.images.map(({ container, bytes }) => ({
          api: 'ecr:DescribeImages',
          field: 'imageDetails[0].imageSizeInBytes',
          value: `${container}: ${bytes}`,
        }))
      : []),
  ];
}

function readyEvidence({ ready, groups = [], target, definition }: StartPicture): Evidence[] {
  if (!ready) return [];
  const group = groups.find(({ TargetGroupName }) => TargetGroupName === ready.name);
  if (ready.by === 'target-group')
    return [
      {
        api: 'elasticloadbalancing:DescribeTargetGroups',
        field: 'TargetGroups[0].HealthCheckIntervalSeconds',
        value: String(ready.interval),
        ...(group?.TargetGroupArn && { cli: describeTargetGroup(target, group.TargetGroupArn) }),
      },
      ...(ready.slowStart > 0
        ? [
            {
              api: 'elasticloadbalancing:DescribeTargetGroupAttributes',
              field: 'Attributes[slow_start.duration_seconds].Value',
              value: String(ready.slowStart),
              ...(group?.TargetGroupArn && {
                cli: `aws elbv2 describe-target-group-attributes --target-group-arn ${group.TargetGroupArn} --region ${target.region}`,
              }),
            },
          ]
        : []),
    ];
  return [
    {
      api: 'ecs:DescribeTaskDefinition',
      field: `containerDefinitions[${ready.name}].healthCheck.interval`,
      value: `${ready.interval} in ${definition?.family}:${definition?.revision}`,
    },
  ];
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
