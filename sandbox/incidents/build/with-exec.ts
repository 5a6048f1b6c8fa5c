import type { Container, ManagedAgent, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { World } from '#sandbox/aws/world.ts';

interface ExecStory {
  /** Whether the tasks were started after Exec was switched on; absent: they were. */
  tasks?: boolean;
  /** What each container's agent is found as; `null`: it was not injected. Absent: it runs. */
  agent?: Pick<ManagedAgent, 'lastStatus' | 'reason'> | null;
  definition?: Partial<TaskDefinition>;
  container?: Partial<NonNullable<TaskDefinition['containerDefinitions']>[number]>;
  task?: Partial<Task>;
}

/** The world with ECS Exec switched on for its service. */
export function withExec(world: Partial<World>, story: ExecStory = {}): Partial<World> {
  const on = story.tasks ?? true;
  return {
    ...world,
    services: world.services?.map((service) => ({ ...service, enableExecuteCommand: true })),
    taskDefinitions: world.taskDefinitions?.map((definition) => ({
      ...definition,
      ...story.definition,
      containerDefinitions: definition.containerDefinitions?.map((container) => ({
        ...container,
        linuxParameters: { initProcessEnabled: true },
        ...story.container,
      })),
    })),
    tasks: world.tasks?.map((task) => ({
      ...task,
      enableExecuteCommand: on,
      containers: task.containers?.map((container) =>
        on ? withAgent(container, task, story.agent) : container,
      ),
      ...story.task,
    })),
  };
}

function withAgent(container: Container, task: Task, agent: ExecStory['agent']): Container {
  if (agent === null) return container;
  const found = { name: 'ExecuteCommandAgent' as const, lastStatus: 'RUNNING', ...agent };
  const lastStartedAt = found.lastStatus === 'PENDING' ? undefined : task.startedAt;
  return { ...container, managedAgents: [{ ...found, lastStartedAt }] };
}
