import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { pulledImages, repositoryArn, repositoryOf } from '../image/pulled.ts';
import { type NeededFile, type NeededSecret, referencesOf } from '../secret-references/references.ts';
import { type Home, secretKeyOf } from '../secret-references/value-from.ts';
import { groupsNeeded, type NeededGroup, volumesNeeded } from './places.ts';
import { distinctRights, type Right } from './right.ts';

/** What the rights of a revision depend on beside its definition. */
export interface Setting {
  home: Home;
  executionRoleArn?: string | undefined;
}

/**
 * Every right that ECS and the log router need to start the tasks of a definition and to keep their logs, keys apart:
 * which key is known only from the secret.
 * Sources: ECS Developer Guide, "Amazon ECS task execution IAM role" and "Use Amazon EFS volumes".
 */
export function rightsOf(definition: TaskDefinition, { home, executionRoleArn }: Setting): Right[] {
  const { secrets, files } = referencesOf(definition, home);
  const rights = [
    ...secrets.flatMap((needed) => secretRights(needed)),
    ...files.flatMap(fileRights),
    ...imageRights(definition, home),
    ...groupsNeeded(definition, home).flatMap((group) => logRights(group, home)),
    ...mountRights(definition, home),
  ];
  // Without an execution role the agent of an instance works with the role of that instance.
  return distinctRights(rights.filter(({ role }) => role === 'task' || executionRoleArn !== undefined));
}

function secretRights({ reference, name, origin, purpose }: NeededSecret): Right[] {
  const usedBy = [
    purpose === 'variable' ? `${name} of ${origin.container}` : `${purpose} of ${origin.container}`,
  ];
  const role = 'execution' as const;
  if (reference.kind === 'invalid') return [];
  if (reference.kind === 'parameter') {
    const { arn, names } = reference;
    const cause = 'parameter-permission-denied';
    return [
      {
        role,
        kind: 'parameter',
        action: 'ssm:GetParameters',
        resource: arn,
        thing: names[0],
        cause,
        usedBy,
        context: {},
      },
    ];
  }
  const { arn, name: thing, versionStage, suffix } = reference;
  return [
    {
      role,
      kind: 'secret',
      action: 'secretsmanager:GetSecretValue',
      resource: arn,
      thing,
      cause: 'secret-permission-denied',
      usedBy,
      ...(suffix !== 'whole' && { lookup: secretKeyOf(reference) }),
      context: {
        'secretsmanager:SecretId': arn,
        'secretsmanager:VersionStage': versionStage ?? 'AWSCURRENT',
      },
    },
  ];
}

function fileRights({ object, purpose, origin }: NeededFile): Right[] {
  if (!object) return [];
  const cause = purpose === 'FireLens configuration' ? 'firelens-misconfigured' : 'env-file-unreadable';
  const shared = {
    role: 'execution' as const,
    cause,
    usedBy: [`${purpose} of ${origin.container}`],
    context: {},
  };
  return [
    {
      ...shared,
      kind: 'file',
      action: 's3:GetObject',
      resource: object.objectArn,
      thing: `${object.bucket}/${object.key}`,
    },
    {
      ...shared,
      kind: 'bucket',
      action: 's3:GetBucketLocation',
      resource: object.bucketArn,
      thing: object.bucket,
    },
  ];
}

const pulls = ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'];

function imageRights(definition: TaskDefinition, { partition }: Home): Right[] {
  return pulledImages(definition).flatMap((image) => {
    const repository = repositoryOf(image);
    if (!repository || image.credentials !== undefined) return [];
    const resource = repositoryArn(partition, repository);
    const shared = {
      role: 'execution' as const,
      usedBy: [`image of ${image.container}`],
      context: { 'aws:RequestedRegion': repository.region },
    };
    return [
      {
        ...shared,
        kind: 'login' as const,
        action: 'ecr:GetAuthorizationToken',
        resource: '*',
        thing: 'ECR',
        cause: 'ecr-auth-permission-denied',
      },
      ...pulls.map((action) => ({
        ...shared,
        kind: 'image' as const,
        action,
        resource,
        thing: repository.name,
        cause: 'image-ecr-permission',
      })),
    ];
  });
}

function logRights(
  { name, region, creates, role, streamPrefix, containers }: NeededGroup,
  home: Home,
): Right[] {
  const arn = `arn:${home.partition}:logs:${region}:${home.account}:log-group:${name}`;
  const usedBy = containers.map((container) => `log of ${container}`);
  const shared = {
    role,
    usedBy,
    thing: name,
    cause: 'logs-permission-denied',
    context: { 'aws:RequestedRegion': region },
  };
  // Streams are named after the task, which is not there yet: any name with the prefix stands for all.
  const stream = `${arn}:log-stream:${streamPrefix}0123456789abcdef0123456789abcdef`;
  return [
    ...['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => ({
      ...shared,
      kind: 'stream' as const,
      action,
      resource: stream,
    })),
    ...(creates
      ? [{ ...shared, kind: 'group' as const, action: 'logs:CreateLogGroup', resource: `${arn}:log-stream:` }]
      : []),
  ];
}

function mountRights(definition: TaskDefinition, { partition, region, account }: Home): Right[] {
  return volumesNeeded(definition).flatMap(({ volume, fileSystem, point, authorized, readOnly }) => {
    if (!authorized) return [];
    const arn = `arn:${partition}:elasticfilesystem:${region}:${account}`;
    const actions = ['elasticfilesystem:ClientMount', ...(readOnly ? [] : ['elasticfilesystem:ClientWrite'])];
    return actions.map((action) => ({
      role: 'task' as const,
      kind: 'mount' as const,
      action,
      resource: `${arn}:file-system/${fileSystem}`,
      thing: fileSystem,
      cause: 'efs-access-denied',
      usedBy: [`volume ${volume}`],
      context: {
        'elasticfilesystem:AccessedViaMountTarget': 'true',
        ...(point !== undefined && { 'elasticfilesystem:AccessPointArn': `${arn}:access-point/${point}` }),
      },
    }));
  });
}
