import type { TaskDefinition } from '@aws-sdk/client-ecs';

/** Whether a task reads anything from outside as it starts, which may differ from one start to the next. */
export function hasSecrets({ containerDefinitions = [] }: TaskDefinition): boolean {
  return containerDefinitions.some(
    ({ secrets = [], environmentFiles = [] }) => secrets.length + environmentFiles.length > 0,
  );
}
