import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import type { Evidence } from '../../report.ts';
import { listed } from '../../words.ts';
import { advice, blocked, met, open, type Step } from './step.ts';
import type { Seen } from './task-steps.ts';

/** What the task definition decides: first whether the agent can be there at all, then what keeps it from its work. */
export function definitionSteps(seen: Seen): Step[] {
  const { definition, container } = seen;
  const defined = definition?.containerDefinitions?.find(({ name }) => name === container);
  if (!definition || !defined) return [];
  return [
    canWrite(seen, defined),
    ...hidesCredentials(seen, defined),
    ...usesProxy(defined),
    ...sharesProcesses(seen, definition),
    ...reapsChildren(defined),
    ...hasNetwork(seen, definition),
  ];
}

function defined({ definition }: Seen, field: string, value: string): Evidence {
  return {
    api: 'ecs:DescribeTaskDefinition',
    field,
    value,
    cli: `aws ecs describe-task-definition --task-definition ${definition?.family}:${definition?.revision}`,
  };
}

function canWrite(seen: Seen, { name, readonlyRootFilesystem }: ContainerDefinition): Step {
  if (!readonlyRootFilesystem) return met('Root file system', 'can be written to, as the agent must');
  return blocked(
    'Root file system',
    'exec-root-read-only',
    `of ${name} is read-only, and the agent must create files in it`,
    [defined(seen, `containerDefinitions[${name}].readonlyRootFilesystem`, 'true')],
  );
}

/** Variables that send the agent to other credentials than the task role's. */
const credentialVariables = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_PROFILE',
  'AWS_SHARED_CREDENTIALS_FILE',
];

function namesOf({ environment = [], secrets = [] }: ContainerDefinition): string[] {
  return [...environment, ...secrets].flatMap(({ name }) => name ?? []);
}

function hidesCredentials(seen: Seen, container: ContainerDefinition): Step[] {
  const names = namesOf(container);
  const found = credentialVariables.filter((name) => names.includes(name));
  if (found.length === 0) return [];
  return [
    blocked(
      'Credentials',
      'exec-static-credentials',
      `${listed(found)} ${found.length === 1 ? 'is' : 'are'} set in ${container.name}, so the agent does not use the task role`,
      [defined(seen, `containerDefinitions[${container.name}].environment[].name`, found.join(', '))],
    ),
  ];
}

/** The address of the credentials endpoint, which a proxy cannot reach for the task. */
const credentialsAddress = '169.254.170.2';

/** Values of variables are never read, so what NO_PROXY holds stays open. */
function usesProxy(container: ContainerDefinition): Step[] {
  const names = namesOf(container).map((name) => name.toUpperCase());
  if (!names.some((name) => name === 'HTTP_PROXY' || name === 'HTTPS_PROXY')) return [];
  return [
    names.includes('NO_PROXY')
      ? open(
          'Proxy',
          `is set; NO_PROXY must hold ${credentialsAddress}`,
          'the value of NO_PROXY, which is not read',
        )
      : open(
          'Proxy',
          `is set without NO_PROXY, which must hold ${credentialsAddress}`,
          'whether the agent gets its credentials through it',
        ),
  ];
}

/** With pidMode task the agent can run in one container only. */
function sharesProcesses({ container }: Seen, { pidMode }: TaskDefinition): Step[] {
  if (pidMode !== 'task') return [];
  return [
    open(
      'Processes',
      `are shared by the task (pidMode task): one container alone can be entered, perhaps not ${container}`,
      'a session with another container of the task',
    ),
  ];
}

function reapsChildren({ linuxParameters }: ContainerDefinition): Step[] {
  if (linuxParameters?.initProcessEnabled) return [];
  return [
    advice('Init process', 'initProcessEnabled is off: children of a session that ends may stay as zombies'),
  ];
}

function hasNetwork(seen: Seen, { networkMode }: TaskDefinition): Step[] {
  if (networkMode !== 'none') return [];
  return [
    blocked(
      'Network',
      'exec-no-network',
      'the task has none (networkMode none), and the agent must reach Session Manager',
      [defined(seen, 'networkMode', 'none')],
    ),
  ];
}
