import { createHmac, randomBytes } from 'node:crypto';
import type { ContainerDefinition, KeyValuePair, Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { redact, redactAll } from '../redact.ts';

/**
 * Facts are cleaned as they are read, so that no later step can show, log or save what must stay inside:
 * values of environment variables become fingerprints, free texts are redacted.
 */

// A fingerprint tells "changed" from "same" within one process and nothing to anybody else: without the key,
// short values cannot be found by trying them out.
const fingerprintKey = randomBytes(32);

function fingerprint(value: string): string {
  return `fingerprint:${createHmac('sha256', fingerprintKey).update(value).digest('hex').slice(0, 12)}`;
}

function cleanEnvironment(environment: KeyValuePair[] | undefined): KeyValuePair[] | undefined {
  return environment?.map(({ name, value }) => ({
    name,
    value: value === undefined ? undefined : fingerprint(value),
  }));
}

/** Log options may carry an API key of the log vendor in plain text. */
const plainLogOptions = new Set([
  'awslogs-group',
  'awslogs-region',
  'awslogs-stream-prefix',
  'awslogs-create-group',
  'mode',
  'max-buffer-size',
  'Name',
  'region',
  'log_group_name',
  'log_stream_prefix',
  'log_stream_name',
  'delivery_stream',
  'stream',
  'bucket',
  'Host',
]);

function cleanContainerDefinition(container: ContainerDefinition): ContainerDefinition {
  const { environment, logConfiguration } = container;
  const options = Object.entries(logConfiguration?.options ?? {});
  return {
    ...container,
    environment: cleanEnvironment(environment),
    ...(logConfiguration && {
      logConfiguration: {
        ...logConfiguration,
        options: Object.fromEntries(
          options.map(([name, value]) => [name, plainLogOptions.has(name) ? value : fingerprint(value)]),
        ),
      },
    }),
  };
}

/** A task definition without the values of its environment variables. */
export function cleanTaskDefinition(definition: TaskDefinition): TaskDefinition {
  return {
    ...definition,
    containerDefinitions: definition.containerDefinitions?.map(cleanContainerDefinition),
  };
}

/** A task whose reasons are redacted and whose overrides hold no values. Commands may carry secrets too. */
export async function cleanTask(task: Task): Promise<Task> {
  const containers = await Promise.all(
    (task.containers ?? []).map(async (container) => ({
      ...container,
      reason: container.reason === undefined ? undefined : await redact(container.reason),
    })),
  );
  const overrides = task.overrides && {
    ...task.overrides,
    containerOverrides: await Promise.all(
      (task.overrides.containerOverrides ?? []).map(async (override) => ({
        ...override,
        environment: cleanEnvironment(override.environment),
        command: override.command && (await redactAll(override.command)),
      })),
    ),
  };
  const stoppedReason = task.stoppedReason === undefined ? undefined : await redact(task.stoppedReason);
  return { ...task, containers, overrides, stoppedReason };
}

/** A service whose event and rollout texts are redacted. */
export async function cleanService(service: Service): Promise<Service> {
  const events = await Promise.all(
    (service.events ?? []).map(async (event) => ({
      ...event,
      message: event.message === undefined ? undefined : await redact(event.message),
    })),
  );
  return { ...service, events };
}
