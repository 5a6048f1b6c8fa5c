import { defineFact } from '../fact.ts';
import { isInstance } from '../health/states.ts';
import { instancesOfTasks } from './container-instances.ts';
import { targetHealth } from './target-health.ts';

/** EC2 instance id by the ARN of its container instance. Asked only where targets are instances. */
export const taskHosts = defineFact<Record<string, string>>({
  id: 'task-hosts',
  what: instancesOfTasks.what,
  actions: instancesOfTasks.actions,
  async load({ read }) {
    const groups = await read(targetHealth);
    if (!groups.some(({ targets }) => targets.some(isInstance))) return {};
    const instances = await read(instancesOfTasks);
    return Object.fromEntries(
      instances.flatMap(({ containerInstanceArn, ec2InstanceId }) =>
        containerInstanceArn && ec2InstanceId ? [[containerInstanceArn, ec2InstanceId]] : [],
      ),
    );
  },
});
