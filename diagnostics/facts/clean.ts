import { createHmac, randomBytes } from 'node:crypto';
import type {
  ContainerDefinition,
  KeyValuePair,
  Service,
  Task,
  TaskDefinition,
  TaskOverride,
} from '@aws-sdk/client-ecs';
import { hostOf } from '../logs/firelens.ts';
import { redactAll } from '../redact.ts';
import { isHarmlessValue, isSecretName } from '../redaction/assignments.ts';
import { maskOf } from '../redaction/range.ts';

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

/** A secret may stand in a word of its own, behind the flag that names it: `["--password", "hunter2"]`. */
async function cleanCommand(words: string[] | undefined): Promise<string[] | undefined> {
  if (words === undefined) return undefined;
  const redacted = await redactAll(words);
  return redacted.map((word, index) => {
    const flag = words[index - 1] ?? '';
    return flag.startsWith('-') && isSecretName(flag) && !isHarmlessValue(word) ? maskOf('secret') : word;
  });
}

/** Log options may carry an API key of the log vendor in plain text. */
const plainLogOptions = new Set(
  [
    'awslogs-group awslogs-region awslogs-stream-prefix awslogs-create-group auto_create_group',
    'awslogs-multiline-pattern mode max-buffer-size name @type region log_group_name log_group_template',
    'default_log_group_name log_stream_prefix log_stream_name log_stream_template delivery_stream stream bucket',
    's3_key_format index splunk-index dd_service dd_source dd_site site',
  ]
    .join(' ')
    .split(' '),
);

/** Addresses may hold a password before their host, and a key behind it: the host alone says where the lines go. */
const addressOptions = new Set('host url splunk-url fluentd-address gelf-address syslog-address'.split(' '));

function logOption(name: string, value: string): string {
  const lowered = name.toLowerCase();
  if (addressOptions.has(lowered)) return hostOf(value) ?? fingerprint(value);
  return plainLogOptions.has(lowered) ? value : fingerprint(value);
}

async function cleanContainerDefinition(container: ContainerDefinition): Promise<ContainerDefinition> {
  const { environment, logConfiguration, command, entryPoint, healthCheck } = container;
  const options = Object.entries(logConfiguration?.options ?? {});
  return {
    ...container,
    environment: cleanEnvironment(environment),
    command: await cleanCommand(command),
    entryPoint: await cleanCommand(entryPoint),
    ...(healthCheck && { healthCheck: { ...healthCheck, command: await cleanCommand(healthCheck.command) } }),
    ...(logConfiguration && {
      logConfiguration: {
        ...logConfiguration,
        options: Object.fromEntries(options.map(([name, value]) => [name, logOption(name, value)])),
      },
    }),
  };
}

/** A task definition without the values of its environment variables, its commands redacted. */
export async function cleanTaskDefinition(definition: TaskDefinition): Promise<TaskDefinition> {
  const containers = definition.containerDefinitions?.map(cleanContainerDefinition);
  return { ...definition, containerDefinitions: containers && (await Promise.all(containers)) };
}

/**
 * Tasks whose reasons are redacted and whose overrides hold no values. Commands may carry secrets too. All reasons
 * go through one run, each once: the tasks of a crash loop say the same, and a run for each takes longer than AWS.
 */
export async function cleanTasks(tasks: readonly Task[]): Promise<Task[]> {
  const said = tasks.flatMap(({ stoppedReason, containers = [] }) => [
    stoppedReason,
    ...containers.map(({ reason }) => reason),
  ]);
  const reasons = [...new Set(said)].filter((reason) => reason !== undefined);
  const redacted = await redactAll(reasons);
  const clean = new Map<string | undefined, string | undefined>(
    reasons.map((reason, index) => [reason, redacted[index]]),
  );
  return Promise.all(
    tasks.map(async (task) => ({
      ...task,
      containers: (task.containers ?? []).map((one) => ({ ...one, reason: clean.get(one.reason) })),
      overrides: await cleanOverrides(task.overrides),
      stoppedReason: clean.get(task.stoppedReason),
    })),
  );
}

async function cleanOverrides(overrides: TaskOverride | undefined): Promise<TaskOverride | undefined> {
  if (overrides === undefined) return undefined;
  const containerOverrides = (overrides.containerOverrides ?? []).map(async (override) => ({
    ...override,
    environment: cleanEnvironment(override.environment),
    command: await cleanCommand(override.command),
  }));
  return { ...overrides, containerOverrides: await Promise.all(containerOverrides) };
}

/** A service whose event and rollout texts are redacted. */
export async function cleanService(service: Service): Promise<Service> {
  // All in one run: most of the cost of a run is its start.
  const messages = await redactAll((service.events ?? []).map(({ message }) => message ?? ''));
  const events = (service.events ?? []).map((event, index) => ({ ...event, message: messages[index] }));
  const reasons = await redactAll((service.deployments ?? []).map((one) => one.rolloutStateReason ?? ''));
  const deployments = service.deployments?.map((deployment, index) => ({
    ...deployment,
    rolloutStateReason: reasons[index] || undefined,
  }));
  return { ...service, events, deployments };
}
