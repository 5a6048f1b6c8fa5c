import type { ExecuteCommandConfiguration } from '@aws-sdk/client-ecs';
import type { EvaluationResult } from '@aws-sdk/client-iam';
import type { RightReading } from '../facts/access/right-readings.ts';
import { readSimulation } from '../policy/read-simulation.ts';
import type { Right } from './right.ts';

/** Actions that the agent of ECS Exec needs on one resource. */
export interface WantedExecRight {
  /** What they are for, in words. */
  purpose: string;
  actions: readonly string[];
  /** ARN or `*`. */
  resource: string;
  /** What a policy names for it, where that is more than the one that stands for all. */
  granted?: string;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#ecs-exec-required-iam-permissions */
const channelActions = [
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
];

/**
 * What the settings of the cluster ask of the task role.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html, "Logging and auditing"
 */
export function execRights(
  { kmsKeyId, logging, logConfiguration = {} }: ExecuteCommandConfiguration,
  { account = '', region, partition }: { account?: string; region: string; partition: string },
): WantedExecRight[] {
  const { cloudWatchLogGroupName, s3BucketName, s3KeyPrefix, s3EncryptionEnabled } =
    logging === 'OVERRIDE' ? logConfiguration : {};
  const group = `arn:${partition}:logs:${region}:${account}:log-group:${cloudWatchLogGroupName}`;
  const bucket = `arn:${partition}:s3:::${s3BucketName}`;
  const kept = `${bucket}/${s3KeyPrefix ? `${s3KeyPrefix}/` : ''}`;
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
            // As of the stream, the name holds the session's id.
            resource: `${kept}ecs-execute-command-0123456789abcdef0.log`,
            granted: `${kept}*`,
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

/** The right to decrypt a session as a right on a key, with what the simulation says of it. */
export function readingOf(
  { actions, resource }: WantedExecRight,
  said: readonly EvaluationResult[],
): RightReading {
  const [action = ''] = actions;
  const right: Right = {
    role: 'task',
    kind: 'key',
    action,
    resource,
    thing: resource,
    cause: 'exec-role-denied',
    usedBy: ['sessions'],
    context: {},
  };
  return { right, reading: { ok: true, value: readSimulation(said, action, resource) } };
}
