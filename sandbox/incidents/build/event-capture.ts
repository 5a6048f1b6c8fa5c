import type { Task } from '@aws-sdk/client-ecs';
import type { LogGroup } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { uuid } from './seeded.ts';

/**
 * The log group that Container Insights' table of lifecycle events fills: one line an EventBridge event.
 * Source: CloudWatch User Guide, "Viewing Amazon ECS lifecycle events within Container Insights".
 */
export function capturedStops(place: Place, tasks: readonly Task[]): LogGroup {
  return {
    name: `/aws/events/ecs/containerinsights/${place.cluster}/performance`,
    createdAt: new Date('2025-01-20T10:02:41.118Z'),
    retentionInDays: 14,
    streams: tasks.map((task) => ({
      name: uuid(`${task.taskArn} captured`),
      events: [{ at: task.stoppedAt ?? new Date(0), message: JSON.stringify(stateChange(place, task)) }],
    })),
  };
}

/** An ECS Task State Change event. It carries the task as DescribeTasks does, without health and tags. */
function stateChange(place: Place, { tags: _tags, healthStatus: _health, ...task }: Task): object {
  return {
    version: '0',
    id: uuid(`${task.taskArn} event`),
    'detail-type': 'ECS Task State Change',
    source: 'aws.ecs',
    account: place.account,
    time: `${task.stoppedAt?.toISOString().slice(0, 19)}Z`,
    region: place.region,
    resources: [task.taskArn],
    detail: {
      ...task,
      attachments: task.attachments?.map((attachment) => ({ ...attachment, type: 'eni' })),
      containers: task.containers?.map(
        ({ healthStatus: _status, networkBindings: _bindings, ...container }) => container,
      ),
      updatedAt: task.stoppedAt,
    },
  };
}
