import type { ExecuteCommandConfiguration } from '@aws-sdk/client-ecs';
import type { Need } from '../../network/needs.ts';
import { symptomsOf } from '../../network/symptoms.ts';
import type { Destination } from '../../network/topology.ts';
import type { Home } from '../../secret-references/value-from.ts';

type Aws = Extract<Destination, { kind: 'aws' }>;

/**
 * What the agent has to reach beside Session Manager, since the cluster encrypts or keeps its sessions.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html, "Logging and auditing"
 */
export function sessionNeeds(
  { kmsKeyId, logging, logConfiguration = {} }: ExecuteCommandConfiguration,
  { region, account, partition }: Home,
): Need[] {
  const { cloudWatchLogGroupName: group, s3BucketName: bucket } =
    logging === 'OVERRIDE' ? logConfiguration : {};
  const need = (label: string, to: Pick<Aws, 'service' | 'calls' | 'hosts'>): Need => {
    const destination: Aws = { kind: 'aws', region, ...to };
    return { use: 'exec', label, by: 'task', destination, symptoms: symptomsOf('exec', destination) };
  };
  const key = kmsKeyId?.startsWith('arn:') ? kmsKeyId : '*';
  const stream = `arn:${partition}:logs:${region}:${account}:log-group:${group}:log-stream:*`;
  const host = `${bucket}.s3.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
  return [
    ...(kmsKeyId ? [need('KMS', { service: 'kms', calls: [{ action: 'kms:Decrypt', resource: key }] })] : []),
    ...(group
      ? [
          need('CloudWatch Logs', {
            service: 'logs',
            calls: [{ action: 'logs:PutLogEvents', resource: stream }],
          }),
        ]
      : []),
    ...(bucket
      ? [
          need('S3', {
            service: 's3',
            calls: [{ action: 's3:PutObject', resource: `arn:${partition}:s3:::${bucket}/*` }],
            hosts: [host],
          }),
        ]
      : []),
  ];
}
