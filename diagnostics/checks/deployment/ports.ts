import type { TaskDefinitions } from '../../facts/task-definitions.ts';
import type { Rollout } from './rollout.ts';
import type { Room } from './room.ts';

/**
 * Fixed host ports deadlock a deployment whatever the maximum allows: a new task finds its port taken on every
 * instance where an old one runs, and the minimum keeps the old ones. Empty where that is not so.
 */
export function portWords(rollout: Rollout, room: Room, definitions: TaskDefinitions): string {
  const definition = definitions[rollout.listed?.taskDefinition ?? rollout.service.taskDefinition ?? ''];
  // With awsvpc every task has addresses of its own.
  if (!definition || definition.networkMode === 'awsvpc') return '';
  if (room.canStart <= 0 || room.canStop > 0 || rollout.own.length > 0) return '';
  const ports = (definition.containerDefinitions ?? [])
    .flatMap(({ portMappings = [] }) => portMappings)
    .map(({ hostPort, containerPort }) => (definition.networkMode === 'host' ? containerPort : hostPort))
    .filter((port) => port !== undefined && port !== 0);
  if (ports.length === 0) return '';
  return `; host port ${ports.join(', ')} is fixed, so a start needs an instance without an old task, and none of those may stop: lower the minimum, add an instance, or use dynamic host ports`;
}
