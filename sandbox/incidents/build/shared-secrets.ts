import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import type { DescribeSecretResponse } from '@aws-sdk/client-secrets-manager';
import type { ParameterMetadata } from '@aws-sdk/client-ssm';
import type { LogGroup, World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { logGroupNamed } from './log.ts';
import { uuid } from './seeded.ts';
import { fileSystemsOf } from './shared-volumes.ts';

/**
 * The world with everything that its task definitions name by a reference: secrets, parameters, log groups and file
 * systems, unless an incident tells them itself or that they are missing.
 */
export function withSecrets(place: Place, world: World): World {
  const missing = new Set(world.missing ?? []);
  const containers = world.taskDefinitions.flatMap(({ containerDefinitions = [] }) => containerDefinitions);
  const named = [...new Set(containers.flatMap(referencesOf))].filter((text) => !missing.has(text));
  const secrets = named.flatMap((text) => secretOf(place, text) ?? []);
  const parameters = named.flatMap((text) => parameterOf(place, text) ?? []);
  return {
    ...world,
    ...fileSystemsOf(place, world, missing),
    secrets: [...(world.secrets ?? []), ...unlike(secrets, world.secrets ?? [], ({ ARN }) => ARN)],
    parameters: [
      ...(world.parameters ?? []),
      ...unlike(parameters, world.parameters ?? [], ({ Name }) => Name),
    ],
    logGroups: [...world.logGroups, ...groupsOf(place, world.taskDefinitions, world.logGroups, missing)],
    // A region that somebody may mean by mistake: it is there, and holds nothing but what is told.
    otherRegions: { [place.region === 'us-east-1' ? 'eu-west-1' : 'us-east-1']: {}, ...world.otherRegions },
  };
}

/** A secret as Secrets Manager describes it, under the key that AWS manages unless another is told. */
export function secretNamed(arn: string, more: Partial<DescribeSecretResponse> = {}): DescribeSecretResponse {
  const name = arn
    .split(':')
    .slice(6)
    .join(':')
    .replace(/-\w{6}$/, '');
  return {
    ARN: arn,
    Name: name,
    LastChangedDate: new Date('2024-06-11T09:14:02.117Z'),
    CreatedDate: new Date('2024-06-11T09:13:58.402Z'),
    VersionIdsToStages: { [uuid(`${arn} version`)]: ['AWSCURRENT'] },
    Tags: [],
    ...more,
  };
}

function referencesOf({
  secrets = [],
  logConfiguration,
  repositoryCredentials,
}: ContainerDefinition): string[] {
  const options = logConfiguration?.secretOptions ?? [];
  const login = repositoryCredentials?.credentialsParameter;
  return [...[...secrets, ...options].flatMap(({ valueFrom }) => valueFrom ?? []), ...(login ? [login] : [])];
}

function secretOf({ region, account }: Place, text: string): DescribeSecretResponse | undefined {
  const arn = /^arn:[^:]+:secretsmanager:[^:]+:\d+:secret:[^:]+-\w{6}(?=:|$)/.exec(text)?.[0];
  const [, , , where, owner] = text.split(':');
  return arn !== undefined && where === region && owner === account ? secretNamed(arn) : undefined;
}

function parameterOf({ region, account }: Place, text: string): ParameterMetadata | undefined {
  const prefix = `arn:aws:ssm:${region}:${account}:parameter`;
  const name = text.startsWith('arn:')
    ? text.startsWith(prefix)
      ? text.slice(prefix.length)
      : undefined
    : text;
  if (name === undefined) return undefined;
  return {
    Name: name,
    ARN: `${prefix}${name.startsWith('/') ? name : `/${name}`}`,
    Type: 'SecureString',
    KeyId: 'alias/aws/ssm',
    LastModifiedDate: new Date('2024-06-11T09:14:02.117Z'),
    Version: 1,
    Tier: 'Standard',
    DataType: 'text',
  };
}

function groupsOf(
  { region }: Place,
  definitions: readonly TaskDefinition[],
  known: readonly LogGroup[],
  missing: ReadonlySet<string>,
): LogGroup[] {
  const names = definitions.flatMap(({ containerDefinitions = [] }) =>
    containerDefinitions.flatMap(({ logConfiguration }) => {
      const {
        'awslogs-group': group,
        'awslogs-region': where,
        'awslogs-create-group': creates,
      } = logConfiguration?.options ?? {};
      return group && where === region && creates !== 'true' ? [group] : [];
    }),
  );
  const told = new Set(known.map(({ name }) => name));
  return [...new Set(names)]
    .filter((name) => !told.has(name) && !missing.has(name))
    .map((name) => logGroupNamed(name, []));
}

/** Those of the items whose name none of the known has. */
function unlike<Item>(
  items: readonly Item[],
  known: readonly Item[],
  nameOf: (item: Item) => string | undefined,
): Item[] {
  const names = new Set(known.map(nameOf));
  const distinct = new Map(items.map((item) => [nameOf(item), item]));
  return [...distinct.values()].filter((item) => !names.has(nameOf(item)));
}
