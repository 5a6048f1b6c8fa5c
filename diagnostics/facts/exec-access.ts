import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import type { ExecuteCommandConfiguration, Task } from '@aws-sdk/client-ecs';
import type { EvaluationResult } from '@aws-sdk/client-iam';
import { execRights, readingOf, type WantedExecRight } from '../access/exec-rights.ts';
import { callContext } from '../access/groups.ts';
import { defineFact, type FactContext } from '../fact.ts';
import {
  type EncryptionKey,
  encryptionKey,
  type KeyGrants,
  keyGrants,
  keyPolicy,
} from './access/encryption-key.ts';
import { withGrantsOf } from './access/key-grants.ts';
import { logGroup } from './access/log-group.ts';
import { execCluster } from './exec-cluster.ts';
import { type HostRole, hostRole, instanceRoles } from './instance-role.ts';
import { partOf, type Read } from './read.ts';
import { type RoleFact, role } from './role.ts';
import { simulation, simulationKey } from './simulation.ts';
import { taskDefinition } from './task-definitions.ts';
import { tasks } from './tasks.ts';

/** Actions that the agent of ECS Exec needs on one resource. */
export interface ExecRight extends WantedExecRight {
  said: Read<EvaluationResult[]>;
  /** Of a key: its policy as JSON text, and its grants where neither side settles the right. */
  policy?: Read<string>;
  grants?: Read<KeyGrants>;
}

/** What a session rests on beside the task itself. */
export interface ExecAccess {
  /** The task that was looked at: the one asked for, else the newest that runs; absent where none does. */
  task?: Task;
  taskRoleArn?: string;
  role?: Read<RoleFact>;
  /** Of the instance of a task without a task role: its agent works with that. */
  host?: Read<HostRole>;
  /** ARN of the role whose rights these are. */
  workingArn?: string;
  rights: ExecRight[];
  /** Of the key that the cluster names for sessions. */
  key?: { id: string; state: Read<EncryptionKey | undefined> };
  /** Of the log group that the cluster names for sessions. */
  group?: { name: string; found: Read<LogGroup | undefined>; mustBeEncrypted: boolean };
}

/** The task role with what it may do for ECS Exec, and the key and log group that the cluster names. */
export const execAccess = defineFact<ExecAccess>({
  id: 'exec-access',
  what: 'what the task role may do for ECS Exec',
  actions: [
    ...new Set([
      ...tasks.actions,
      ...taskDefinition.actions,
      ...execCluster.actions,
      ...role.actions,
      ...instanceRoles.actions,
      ...simulation.actions,
      ...encryptionKey.actions,
      ...keyPolicy.actions,
      ...keyGrants.actions,
      ...logGroup.actions,
    ]),
  ],
  async load(context) {
    const { read, settle, target } = context;
    const [known, cluster] = await Promise.all([read(tasks), settle(execCluster)]);
    const task = execTask([...known.running, ...known.stopping, ...known.stopped]);
    if (!task?.taskDefinitionArn) return { rights: [] };
    const definition = await read(taskDefinition, task.taskDefinitionArn);
    const taskRoleArn = task.overrides?.taskRoleArn ?? definition.taskRoleArn;
    const settings = cluster.ok ? cluster.value : {};
    const isBare = taskRoleArn === undefined && task.containerInstanceArn !== undefined;
    const host = isBare ? await hostRole(context, task.containerInstanceArn) : undefined;
    const workingArn = taskRoleArn ?? (host?.ok && host.value.found ? host.value.role.arn : undefined);
    const [described, rights, places] = await Promise.all([
      taskRoleArn === undefined ? undefined : settle(role, taskRoleArn),
      workingArn === undefined ? [] : rightsOf(context, workingArn, await withKeyOf(context, settings)),
      placesOf(context, settings, target.region),
    ]);
    return {
      task,
      ...(taskRoleArn !== undefined && { taskRoleArn }),
      ...(described && { role: partOf(`the role ${taskRoleArn}`, described) }),
      ...(host && { host }),
      ...(workingArn !== undefined && { workingArn }),
      rights,
      ...places,
    };
  },
});

/** The newest task that runs; where none does, the newest of all. */
export function execTask(all: readonly Task[]): Task | undefined {
  // ECS lists tasks in no order, and those of one deployment are created together.
  const newest = all.toSorted(
    (a, b) =>
      (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0) ||
      (a.taskArn ?? '').localeCompare(b.taskArn ?? ''),
  );
  return newest.find(({ lastStatus }) => lastStatus === 'RUNNING') ?? newest[0];
}

/** Policies name a key and never its alias, which only the key itself tells. A key that does not is left out. */
async function withKeyOf(
  { settle, target: { region } }: FactContext,
  settings: ExecuteCommandConfiguration,
): Promise<ExecuteCommandConfiguration> {
  const { kmsKeyId: id } = settings;
  if (!id?.includes('alias/')) return settings;
  const described = await settle(encryptionKey, { id, region });
  return { ...settings, kmsKeyId: described.ok ? described.value?.arn : undefined };
}

async function rightsOf(
  factContext: FactContext,
  roleArn: string,
  settings: ExecuteCommandConfiguration,
): Promise<ExecRight[]> {
  const { settle, target } = factContext;
  const partition = roleArn.split(':')[1] ?? 'aws';
  const wanted = execRights(settings, { ...target, partition });
  return Promise.all(
    wanted.map(async (right) => {
      const { actions, resource } = right;
      const context = callContext(roleArn, target.region);
      const key = simulationKey({ roleArn, actions, resources: [resource], context });
      const [result, policy] = await Promise.all([
        settle(simulation, key),
        resource.includes(':kms:') ? settle(keyPolicy, { id: resource, region: target.region }) : undefined,
      ]);
      const said = partOf(`whether ${roleArn.split('/').at(-1)} may ${right.purpose}`, result);
      if (!policy) return { ...right, said };
      const asked = { ...right, said, policy: partOf(`the policy of the key ${resource}`, policy) };
      return { ...asked, ...(await grantsOn(factContext, asked, roleArn)) };
    }),
  );
}

/** The grants on the key, where neither its policy nor the role settles what may decrypt. */
async function grantsOn(
  context: FactContext,
  right: ExecRight,
  roleArn: string,
): Promise<Pick<ExecRight, 'grants'>> {
  if (!right.said.ok) return {};
  const { account = '' } = context.target;
  const { grants } = await withGrantsOf(context, readingOf(right, right.said.value), {
    account,
    roleArn,
    policy: right.policy,
  });
  return grants ? { grants } : {};
}

async function placesOf(
  { settle }: FactContext,
  { kmsKeyId, logging, logConfiguration }: ExecuteCommandConfiguration,
  region: string,
): Promise<Pick<ExecAccess, 'key' | 'group'>> {
  const name = logging === 'OVERRIDE' ? logConfiguration?.cloudWatchLogGroupName : undefined;
  const [key, group] = await Promise.all([
    kmsKeyId ? settle(encryptionKey, { id: kmsKeyId, region }) : undefined,
    name ? settle(logGroup, { name, region }) : undefined,
  ]);
  return {
    ...(kmsKeyId && key && { key: { id: kmsKeyId, state: partOf(`the key ${kmsKeyId}`, key) } }),
    ...(name &&
      group && {
        group: {
          name,
          found: partOf(`the log group ${name}`, group),
          mustBeEncrypted: logConfiguration?.cloudWatchEncryptionEnabled === true,
        },
      }),
  };
}
