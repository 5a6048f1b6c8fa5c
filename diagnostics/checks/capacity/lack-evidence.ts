import { describeContainerInstances, describeService } from '../../by-hand.ts';
import { attribute, type Candidate } from '../../placement/fit.ts';
import type { LackCount } from '../../placement/histogram.ts';
import type { Evidence, Target } from '../../report.ts';
import { idOf } from '../../words.ts';
import type { InstanceFacts } from './instance-finding.ts';

/** `i-0abc (m7i.large, us-east-1a)` */
export function nameOf({ instance }: Candidate): string {
  const about = [attribute(instance, 'ecs.instance-type'), attribute(instance, 'ecs.availability-zone')];
  const known = about.filter((part) => part !== undefined).join(', ');
  return `${instance.ec2InstanceId ?? (idOf(instance.containerInstanceArn) || 'an instance')}${known && ` (${known})`}`;
}

/** What the facts say of the lack: of the instance that is nearest, or that there is no instance. */
export function lackEvidence(
  { instances }: Pick<InstanceFacts, 'instances'>,
  main: LackCount | undefined,
  target: Target,
): Evidence[] {
  if (!main) {
    return [
      {
        api: 'ecs:ListContainerInstances',
        field: 'containerInstanceArns',
        value: `${instances.instances.length} instances`,
        cli: describeService(target),
      },
    ];
  }
  const { candidate, lack } = main.best;
  return [
    {
      api: 'ecs:DescribeContainerInstances',
      field: fields[main.kind] ?? 'containerInstances[].remainingResources',
      value: `${nameOf(candidate)} ${lack.has}`,
      cli: describeContainerInstances(target, [candidate.instance.containerInstanceArn ?? '']),
    },
  ];
}

const fields: Partial<Record<LackCount['kind'], string>> = {
  inactive: 'containerInstances[].status',
  agent: 'containerInstances[].agentConnected',
  platform: 'containerInstances[].attributes',
  constraint: 'containerInstances[].attributes',
  distinct: 'containerInstances[].runningTasksCount',
  attribute: 'containerInstances[].attributes',
  zone: 'containerInstances[].attributes',
};
