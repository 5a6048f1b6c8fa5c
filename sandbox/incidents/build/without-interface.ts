import type { Task } from '@aws-sdk/client-ecs';
import type { World } from '#sandbox/aws/world.ts';

/** The tasks that never started as they are when no network interface could be made for them. */
export function withoutInterface(world: Partial<World>): Partial<World> {
  return { ...world, tasks: world.tasks?.map((task) => (task.stopCode ? unwired(task) : task)) };
}

function unwired({ connectivity: _connectivity, connectivityAt: _at, ...task }: Task): Task {
  return {
    ...task,
    attachments: task.attachments?.map((attachment) => ({
      ...attachment,
      details: attachment.details?.filter(({ name }) => name === 'subnetId'),
    })),
    containers: task.containers?.map((container) => ({ ...container, networkInterfaces: [] })),
  };
}
