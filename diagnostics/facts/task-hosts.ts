import { defineFact } from '../fact.ts';
import { targetHealth } from './target-health.ts';
import { tasks } from './tasks.ts';

/** DescribeContainerInstances takes 100; a service on more hosts is joined as far as that. */
const atMost = 100;

/** EC2 instance id by the ARN of its container instance. Asked only where targets are instances. */
export const taskHosts = defineFact<Record<string, string>>({
  id: 'task-hosts',
  what: 'the instances that the tasks run on',
  actions: ['ecs:DescribeContainerInstances'],
  async load({ read, aws, target: { cluster } }) {
    const [groups, known] = await Promise.all([read(targetHealth), read(tasks)]);
    if (!groups.some(({ group }) => group?.TargetType === 'instance')) return {};
    const arns = [...known.running, ...known.stopping].flatMap(
      ({ containerInstanceArn }) => containerInstanceArn ?? [],
    );
    const containerInstances = [...new Set(arns)].slice(0, atMost);
    if (containerInstances.length === 0) return {};
    const answer = await aws.ecs.describeContainerInstances({ cluster, containerInstances });
    return Object.fromEntries(
      (answer.containerInstances ?? []).flatMap(({ containerInstanceArn, ec2InstanceId }) =>
        containerInstanceArn && ec2InstanceId ? [[containerInstanceArn, ec2InstanceId]] : [],
      ),
    );
  },
});
