import type { Attachment, Task } from '@aws-sdk/client-ecs';
import { asCreated, pendingTask } from './task.ts';

/** Tasks that have not got to RUNNING, each from one that would have. */

/** Its network interface is asked for and not there. */
export function waitsForNetwork(task: Task, status: 'PRECREATED' | 'ATTACHING' = 'ATTACHING'): Task {
  const { connectivity: _c, connectivityAt: _at, ...rest } = pendingTask(task);
  return {
    ...rest,
    lastStatus: 'PROVISIONING',
    version: 1,
    attachments: rest.attachments?.map((attachment) => unready(attachment, status)),
    containers: rest.containers?.map((container) => ({ ...container, networkInterfaces: [] })),
  };
}

function unready(attachment: Attachment, status: string): Attachment {
  return { ...attachment, status, details: attachment.details?.filter(({ name }) => name === 'subnetId') };
}

/** A capacity provider has to find an instance for it first. */
export function waitsForInstance(task: Task, provider: string): Task {
  const {
    containerInstanceArn: _i,
    availabilityZone: _z,
    connectivity: _c,
    connectivityAt: _at,
    ...rest
  } = pendingTask(task);
  return {
    ...rest,
    lastStatus: 'PROVISIONING',
    version: 1,
    capacityProviderName: provider,
    attachments: [],
    containers: rest.containers?.map((container) => ({ ...container, networkInterfaces: [] })),
  };
}

/** All images are there; the containers named are up or have been, the others wait. */
export function waitsToStart(task: Task, up: Readonly<Record<string, 'RUNNING' | 'STOPPED'>>): Task {
  const { startedAt: _start, ...rest } = task;
  return {
    ...rest,
    lastStatus: 'PENDING',
    healthStatus: 'UNKNOWN',
    version: 2,
    containers: rest.containers?.map((container) => {
      const status = up[container.name ?? ''];
      const kept = status ? { ...container, healthStatus: 'UNKNOWN' as const } : asCreated(container);
      return { ...kept, lastStatus: status ?? 'PENDING', ...(status === 'STOPPED' && { exitCode: 0 }) };
    }),
  };
}
