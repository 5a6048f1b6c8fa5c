import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import { readS3Object, type S3Object } from './s3-object.ts';
import { type Home, type Reference, readRegistryLogin, readValueFrom } from './value-from.ts';

/** Where in the task definition something is asked for. */
export interface Origin {
  container: string;
  /** Path of the field in the container definition. */
  field: string;
  /** The text as it stands there. */
  text: string;
}

export type Purpose = 'variable' | 'log option' | 'registry login' | 'credential spec';

/** A secret or parameter that must be read before the container is created. */
export interface NeededSecret {
  purpose: Purpose;
  /** The variable or option that gets it. */
  name: string;
  reference: Reference;
  origin: Origin;
}

/** A file in S3 that must be read before the container is created. Undefined object: the text is no S3 ARN. */
export interface NeededFile {
  purpose: 'environment file' | 'FireLens configuration' | 'credential spec';
  object: S3Object | undefined;
  origin: Origin;
}

export interface References {
  secrets: NeededSecret[];
  files: NeededFile[];
}

/** Every reference of a task definition that ECS resolves with the execution role. */
export function referencesOf(definition: TaskDefinition, home: Home): References {
  const containers = definition.containerDefinitions ?? [];
  return {
    secrets: containers.flatMap((container) => secretsOf(container, home)),
    files: containers.flatMap(filesOf),
  };
}

/** The partition, region and account that a task definition's own ARN names; else those that are given. */
export function homeOf({ taskDefinitionArn = '' }: TaskDefinition, otherwise: Omit<Home, 'partition'>): Home {
  const [, partition = 'aws', , region = '', account = ''] = taskDefinitionArn.split(':');
  return {
    partition: partition === '' ? 'aws' : partition,
    region: region === '' ? otherwise.region : region,
    account: account === '' ? otherwise.account : account,
  };
}

function secretsOf(container: ContainerDefinition, home: Home): NeededSecret[] {
  const at = (field: string, text: string): Origin => ({ container: container.name ?? '', field, text });
  const login = container.repositoryCredentials?.credentialsParameter;
  return [
    ...(container.secrets ?? []).map(({ name = '', valueFrom = '' }) => ({
      purpose: 'variable' as const,
      name,
      reference: readValueFrom(valueFrom, home),
      origin: at(`secrets[${name}].valueFrom`, valueFrom),
    })),
    ...(container.logConfiguration?.secretOptions ?? []).map(({ name = '', valueFrom = '' }) => ({
      purpose: 'log option' as const,
      name,
      reference: readValueFrom(valueFrom, home),
      origin: at(`logConfiguration.secretOptions[${name}].valueFrom`, valueFrom),
    })),
    ...(login === undefined
      ? []
      : [
          {
            purpose: 'registry login' as const,
            name: 'credentialsParameter',
            reference: readRegistryLogin(login, home),
            origin: at('repositoryCredentials.credentialsParameter', login),
          },
        ]),
    ...credentialSpecs(container).flatMap(({ field, text, value }) =>
      value.includes(':s3:::')
        ? []
        : [
            {
              purpose: 'credential spec' as const,
              name: 'credential spec',
              reference: readValueFrom(value, home),
              origin: at(field, text),
            },
          ],
    ),
  ];
}

function filesOf(container: ContainerDefinition): NeededFile[] {
  const at = (field: string, text: string): Origin => ({ container: container.name ?? '', field, text });
  const { options } = container.firelensConfiguration ?? {};
  const config = options?.['config-file-type'] === 's3' ? options['config-file-value'] : undefined;
  return [
    ...(container.environmentFiles ?? []).map(({ value = '' }, index) => ({
      purpose: 'environment file' as const,
      object: readS3Object(value),
      origin: at(`environmentFiles[${index}].value`, value),
    })),
    ...(config === undefined
      ? []
      : [
          {
            purpose: 'FireLens configuration' as const,
            object: readS3Object(config),
            origin: at('firelensConfiguration.options[config-file-value]', config),
          },
        ]),
    ...credentialSpecs(container).flatMap(({ field, text, value }) =>
      value.includes(':s3:::')
        ? [{ purpose: 'credential spec' as const, object: readS3Object(value), origin: at(field, text) }]
        : [],
    ),
  ];
}

/** `credentialspec:ARN` or `credentialspecdomainless:ARN`; a file on the instance is nothing to be read from AWS. */
function credentialSpecs({ credentialSpecs: specs = [], dockerSecurityOptions = [] }: ContainerDefinition) {
  const told = [
    ...specs.map((text, index) => ({ field: `credentialSpecs[${index}]`, text })),
    ...dockerSecurityOptions.map((text, index) => ({ field: `dockerSecurityOptions[${index}]`, text })),
  ];
  return told.flatMap(({ field, text }) => {
    const value = /^credentialspec(?:domainless)?:(?<arn>arn:.+)$/.exec(text)?.groups?.arn;
    return value === undefined ? [] : [{ field, text, value }];
  });
}
