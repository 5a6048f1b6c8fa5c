import type { ExecuteCommandConfiguration, Task } from '@aws-sdk/client-ecs';
import type { EvaluationResult } from '@aws-sdk/client-iam';
import { callContext } from '../access/groups.ts';
import { defineFact, type FactContext } from '../fact.ts';
import { type EncryptionKey, encryptionKey } from './access/encryption-key.ts';
import { logGroupExists } from './access/log-group.ts';
import { execCluster } from './exec-cluster.ts';
import { type HostRole, hostRole, instanceRoles } from './instance-role.ts';
import { partOf, type Read } from './read.ts';
import { type RoleFact, role } from './role.ts';
import { simulation, simulationKey } from './simulation.ts';
import { taskDefinition } from './task-definitions.ts';
import { tasks } from './tasks.ts';

/** Actions that the agent of ECS Exec needs on one resource. */
export interface ExecRight {
  /** What they are for, in words. */
  purpose: string;
  actions: readonly string[];
  /** ARN or `*`. */
  resource: string;
  /** What a policy names for it, where that is more than the one that stands for all. */
  granted?: string;
  said: Read<EvaluationResult[]>;
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
  group?: { name: string; exists: Read<boolean> };
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
      ...logGroupExists.actions,
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

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#ecs-exec-required-iam-permissions */
const channelActions = [
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
];

type Wanted = Omit<ExecRight, 'said'>;

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

/**
 * What the settings of the cluster ask of the task role.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html, "Logging and auditing"
 */
export function execRights(
  { kmsKeyId, logging, logConfiguration = {} }: ExecuteCommandConfiguration,
  { account = '', region, partition }: { account?: string; region: string; partition: string },
): Wanted[] {
  const { cloudWatchLogGroupName, s3BucketName, s3KeyPrefix, s3EncryptionEnabled } =
    logging === 'OVERRIDE' ? logConfiguration : {};
  const group = `arn:${partition}:logs:${region}:${account}:log-group:${cloudWatchLogGroupName}`;
  const bucket = `arn:${partition}:s3:::${s3BucketName}`;
  const keyArn = kmsKeyId?.startsWith('arn:')
    ? kmsKeyId
    : `arn:${partition}:kms:${region}:${account}:key/${kmsKeyId}`;
  return [
    { purpose: 'open a session', actions: channelActions, resource: '*' },
    ...(kmsKeyId ? [{ purpose: 'decrypt it', actions: ['kms:Decrypt'], resource: keyArn }] : []),
    ...(cloudWatchLogGroupName
      ? [
          { purpose: 'find its log group', actions: ['logs:DescribeLogGroups'], resource: '*' },
          {
            purpose: 'log it',
            actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
            // A stream is named when its session begins: this one stands for all.
            resource: `${group}:log-stream:ecs-execute-command-0123456789abcdef0`,
            granted: `${group}:*`,
          },
        ]
      : []),
    ...(s3BucketName
      ? [
          {
            purpose: 'keep its log in S3',
            actions: ['s3:PutObject'],
            resource: `${bucket}/${s3KeyPrefix ? `${s3KeyPrefix}/` : ''}*`,
          },
          ...(s3EncryptionEnabled
            ? [
                {
                  purpose: 'see that the bucket is encrypted',
                  actions: ['s3:GetEncryptionConfiguration'],
                  resource: bucket,
                },
              ]
            : []),
        ]
      : []),
  ];
}

async function rightsOf(
  { settle, target }: FactContext,
  roleArn: string,
  settings: ExecuteCommandConfiguration,
): Promise<ExecRight[]> {
  const partition = roleArn.split(':')[1] ?? 'aws';
  const wanted = execRights(settings, { ...target, partition });
  return Promise.all(
    wanted.map(async (right) => {
      const { actions, resource } = right;
      const context = callContext(roleArn, target.region);
      const key = simulationKey({ roleArn, actions, resources: [resource], context });
      return {
        ...right,
        said: partOf(
          `whether ${roleArn.split('/').at(-1)} may ${right.purpose}`,
          await settle(simulation, key),
        ),
      };
    }),
  );
}

async function placesOf(
  { settle }: FactContext,
  { kmsKeyId, logging, logConfiguration }: ExecuteCommandConfiguration,
  region: string,
): Promise<Pick<ExecAccess, 'key' | 'group'>> {
  const name = logging === 'OVERRIDE' ? logConfiguration?.cloudWatchLogGroupName : undefined;
  const [key, group] = await Promise.all([
    kmsKeyId ? settle(encryptionKey, { id: kmsKeyId, region }) : undefined,
    name ? settle(logGroupExists, { name, region }) : undefined,
  ]);
  return {
    ...(kmsKeyId && key && { key: { id: kmsKeyId, state: partOf(`the key ${kmsKeyId}`, key) } }),
    ...(name && group && { group: { name, exists: partOf(`the log group ${name}`, group) } }),
  };
}
