import { defineFact } from '../fact.ts';
import { instancesOfTasks } from './container-instances.ts';

/** Version of the ECS agent by the ARN of its container instance, of the instances that hold the target's tasks. */
export const agentVersions = defineFact<Record<string, string>>({
  id: 'agent-versions',
  what: 'the versions of the ECS agents',
  actions: instancesOfTasks.actions,
  async load({ read }) {
    const instances = await read(instancesOfTasks);
    return Object.fromEntries(
      instances.flatMap(({ containerInstanceArn, versionInfo }) =>
        containerInstanceArn && versionInfo?.agentVersion
          ? [[containerInstanceArn, versionInfo.agentVersion]]
          : [],
      ),
    );
  },
});
