import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import type { PolicyStatement } from '#sandbox/aws/policy/document.ts';
import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';

/** What the execution role of these task definitions has to be allowed, no more. */
export function executionNeeds(
  place: Place,
  definitions: readonly TaskDefinition[],
  world: Partial<World>,
): PolicyStatement[] {
  const containers = definitions.flatMap(({ containerDefinitions = [] }) => containerDefinitions);
  const references = containers.flatMap(referencesOf);
  const secrets = references.flatMap((reference) => secretOf(reference) ?? []);
  const parameters = references.flatMap((reference) => parameterOf(place, reference) ?? []);
  const repositories = containers.flatMap(({ image = '' }) => repositoryOf(image) ?? []);
  const groups = containers.flatMap((container) => logGroupOf(place, container) ?? []);
  const files = containers.flatMap(({ environmentFiles = [] }) =>
    environmentFiles.flatMap(({ value }) => value ?? []),
  );
  return [
    ...allow('Registry', ['ecr:GetAuthorizationToken'], repositories.length > 0 ? ['*'] : []),
    ...allow(
      'Pull',
      ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
      repositories,
    ),
    ...allow(
      'Logs',
      ['logs:CreateLogStream', 'logs:PutLogEvents'],
      groups.map(({ arn }) => `${arn}:*`),
    ),
    ...allow(
      'LogGroups',
      ['logs:CreateLogGroup'],
      groups.flatMap(({ arn, create }) => (create ? [arn, `${arn}:*`] : [])),
    ),
    ...allow('Secrets', ['secretsmanager:GetSecretValue'], secrets),
    ...allow('Parameters', ['ssm:GetParameters'], parameters),
    ...allow('Keys', ['kms:Decrypt'], keysOf(place, world, [...secrets, ...parameters])),
    ...allow('Files', ['s3:GetObject'], files),
    ...allow(
      'Buckets',
      ['s3:GetBucketLocation'],
      files.map((file) => file.split('/')[0] ?? ''),
    ),
  ];
}

const channels = [
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
];

/** What the task role has to be allowed by what ECS does with it; what the program does is its own business. */
export function taskNeeds(
  place: Place,
  definitions: readonly TaskDefinition[],
  exec: boolean,
): PolicyStatement[] {
  const fileSystems = definitions.flatMap(({ volumes = [] }) =>
    volumes.flatMap(({ efsVolumeConfiguration: efs }) =>
      efs?.authorizationConfig?.iam === 'ENABLED'
        ? [`arn:aws:elasticfilesystem:${place.region}:${place.account}:file-system/${efs.fileSystemId}`]
        : [],
    ),
  );
  return [
    ...allow('Exec', channels, exec ? ['*'] : []),
    ...allow(
      'Files',
      [
        'elasticfilesystem:ClientMount',
        'elasticfilesystem:ClientWrite',
        'elasticfilesystem:ClientRootAccess',
      ],
      fileSystems,
    ),
  ];
}

function allow(sid: string, actions: string[], resources: readonly string[]): PolicyStatement[] {
  const distinct = [...new Set(resources)];
  return distinct.length === 0 ? [] : [{ Sid: sid, Effect: 'Allow', Action: actions, Resource: distinct }];
}

function referencesOf(container: ContainerDefinition): string[] {
  const { secrets = [], logConfiguration, repositoryCredentials } = container;
  return [
    ...[...secrets, ...(logConfiguration?.secretOptions ?? [])].flatMap(({ valueFrom }) => valueFrom ?? []),
    ...(repositoryCredentials?.credentialsParameter ? [repositoryCredentials.credentialsParameter] : []),
  ];
}

/** The secret's ARN, without the key, stage and version that may follow it. */
function secretOf(reference: string): string | undefined {
  return /^arn:[^:]+:secretsmanager:[^:]+:\d+:secret:[^:]+/.exec(reference)?.[0];
}

function parameterOf({ region, account }: Place, reference: string): string | undefined {
  if (reference.startsWith('arn:')) return reference.includes(':ssm:') ? reference : undefined;
  return `arn:aws:ssm:${region}:${account}:parameter/${reference.replace(/^\//, '')}`;
}

function repositoryOf(image: string): string | undefined {
  const [, account, region, name] =
    /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws)\/([^:@]+)/.exec(
      image,
    ) ?? [];
  return name && `arn:aws:ecr:${region}:${account}:repository/${name}`;
}

function logGroupOf(
  { region, account }: Place,
  { logConfiguration }: ContainerDefinition,
): { arn: string; create: boolean } | undefined {
  const options = logConfiguration?.options ?? {};
  const name = options['awslogs-group'];
  if (logConfiguration?.logDriver !== 'awslogs' || name === undefined) return undefined;
  return {
    arn: `arn:aws:logs:${options['awslogs-region'] ?? region}:${account}:log-group:${name}`,
    create: options['awslogs-create-group'] === 'true',
  };
}

/** Keys of the account that these secrets and parameters are encrypted with; of AWS's own keys nobody is asked. */
function keysOf({ region, account }: Place, world: Partial<World>, used: readonly string[]): string[] {
  const named = [
    ...(world.secrets ?? []).flatMap(({ ARN = '', KmsKeyId }) =>
      used.includes(ARN) ? (KmsKeyId ?? []) : [],
    ),
    ...(world.parameters ?? []).flatMap(({ Name = '', KeyId }) =>
      used.some((arn) => arn.endsWith(`parameter/${Name.replace(/^\//, '')}`)) ? (KeyId ?? []) : [],
    ),
  ];
  return named
    .filter((key) => !key.startsWith('alias/aws/'))
    .map((key) => world.keyAliases?.[key] ?? key)
    .map((key) => (key.startsWith('arn:') ? key : `arn:aws:kms:${region}:${account}:key/${key}`));
}
