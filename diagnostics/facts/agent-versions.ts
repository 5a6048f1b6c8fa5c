import { defineFact } from '../fact.ts';
import { tasks } from './tasks.ts';

/** DescribeContainerInstances takes 100; tasks on further hosts keep their version unknown. */
const atMost = 100;

/** Version of the ECS agent by the ARN of its container instance, of the instances that run the target's tasks. */
export const agentVersions = defineFact<Record<string, string>>({
  id: 'agent-versions',
  what: 'the versions of the ECS agents',
  actions: ['ecs:DescribeContainerInstances'],
  async load({ read, aws, target: { cluster } }) {
    const { running } = await read(tasks);
    const arns = running.flatMap(({ containerInstanceArn }) => containerInstanceArn ?? []);
    const containerInstances = [...new Set(arns)].slice(0, atMost);
    if (containerInstances.length === 0) return {};
    const answer = await aws.ecs.describeContainerInstances({ cluster, containerInstances });
    return Object.fromEntries(
      (answer.containerInstances ?? []).flatMap(({ containerInstanceArn, versionInfo }) =>
        containerInstanceArn && versionInfo?.agentVersion
          ? [[containerInstanceArn, versionInfo.agentVersion]]
          : [],
      ),
    );
  },
});
