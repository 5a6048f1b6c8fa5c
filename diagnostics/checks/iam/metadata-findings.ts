import { findsNoCredentials } from '../../access/lacks-credentials.ts';
import type { MetadataHost } from '../../facts/access/host-metadata.ts';
import { findingOf } from '../../findings.ts';
import type { Finding, LogTail } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { listed } from '../../words.ts';
import { byHand, type Known } from './known.ts';

interface Obstacle {
  status: 'confirmed' | 'likely';
  /** Reads on after the name of an instance. */
  text: string;
  field: string;
  value: string;
  /** What to change on the instance, as options of the command that changes it. */
  options?: string;
}

/** A program on EC2 without a task role gets the credentials of the instance, from its metadata, if they are there. */
export function metadataFindings(
  known: Known,
  logs: readonly LogTail[],
  hosts: readonly MetadataHost[],
): Finding[] {
  const { revision, context } = known;
  const log = logs.find(findsNoCredentials);
  if (revision.taskRoleArn !== undefined || revision.launch !== 'ec2' || !log) return [];
  const found = hosts.flatMap((host) => {
    const obstacle = obstacleOf(host, revision.definition.networkMode);
    return obstacle ? [{ id: host.InstanceId ?? '', obstacle }] : [];
  });
  const [first] = found;
  if (!first) return [];
  const { obstacle } = first;
  const ids = found.filter((one) => one.obstacle.field === obstacle.field).map(({ id }) => id);
  const [id = ''] = ids;
  return [
    findingOf(
      answer('app-credentials-missing', {
        // The log may be of a task on another instance.
        status: ids.length === hosts.length ? obstacle.status : 'likely',
        why: obstacle.text,
        decide: `a request for the metadata from within ${log.container}`,
      }),
      known.names,
      {
        subject: revision.definition.taskDefinitionArn,
        summary: `${log.container} finds no AWS credentials: the task definition names no task role, and ${listed(ids.slice(0, 3))} ${obstacle.text}.`,
        evidence: [
          {
            api: 'ec2:DescribeInstances',
            field: `Reservations[].Instances[].${obstacle.field}`,
            value: obstacle.value,
            at: context.scope.now.toISOString(),
            cli: byHand(context.target, `ec2 describe-instances --instance-ids ${ids.join(' ')}`),
          },
        ],
        fix: {
          summary: `Name a task role that may what ${log.container} does: its credentials come from ECS and not from the instance.`,
          terraform: `task_role_arn = aws_iam_role.${revision.definition.family ?? 'task'}_task.arn # of the aws_ecs_task_definition`,
          ...(obstacle.options !== undefined && {
            cli: byHand(
              context.target,
              `ec2 modify-instance-metadata-options --instance-id ${id} ${obstacle.options}`,
            ),
          }),
        },
      },
    ),
  ];
}

/**
 * Source: EC2 User Guide, "Configure the Instance Metadata Service options": the answer of IMDSv2 to a container
 * behind a bridge needs a hop limit of 2. What an agent itself blocks (ECS_AWSVPC_BLOCK_IMDS) is not seen.
 */
function obstacleOf(
  { IamInstanceProfile: profile, MetadataOptions: options = {} }: MetadataHost,
  networkMode = 'bridge',
): Obstacle | undefined {
  if (!profile)
    return {
      status: 'confirmed',
      text: 'has no instance profile',
      field: 'IamInstanceProfile',
      value: 'absent',
    };
  if (options.HttpEndpoint === 'disabled')
    return {
      status: 'confirmed',
      text: 'has its metadata service switched off',
      field: 'MetadataOptions.HttpEndpoint',
      value: 'disabled',
      options: '--http-endpoint enabled',
    };
  const isNear = options.HttpTokens === 'required' && options.HttpPutResponseHopLimit === 1;
  if (!isNear || networkMode !== 'bridge') return undefined;
  return {
    // A host may have been told to route it otherwise.
    status: 'likely',
    text: 'answers requests for its metadata over one hop alone, and a container in a bridge network is two away',
    field: 'MetadataOptions.HttpPutResponseHopLimit',
    value: '1',
    options: '--http-put-response-hop-limit 2',
  };
}
