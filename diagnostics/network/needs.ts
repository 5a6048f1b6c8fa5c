import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import { groupsNeeded } from '../access/places.ts';
import { readImage } from '../image/reference.ts';
import { referencesOf } from '../secret-references/references.ts';
import type { Home, Reference } from '../secret-references/value-from.ts';
import { symptomsOf, type Use } from './symptoms.ts';
import type { Destination } from './topology.ts';

/** One place that a task has to reach before it can work, and what is seen of a task that cannot. */
export interface Need {
  use: Use;
  /** `ECR`, `Secrets Manager`, `Docker Hub`, with the region where it is another one. */
  label: string;
  destination: Destination;
  /** Why a way that looks broken may not be the one that is taken; reads on after "although ". */
  doubt?: string;
  /** Whose call it is: S3 serves layers to whoever ECR gave an address to. */
  by: 'execution' | 'task' | 'aws';
  /** Causes that say no more than that it cannot be reached, and those that say it was refused on the way. */
  symptoms: { unreachable: readonly string[]; denied: readonly string[] };
}

interface Told {
  home: Home;
  /** Whether ECS Exec is on. */
  exec: boolean;
  /** Whether an agent on an instance starts the tasks. */
  agent: boolean;
}

type AwsDestination = Extract<Destination, { kind: 'aws' }>;
type Call = { action: string; resource: string };

/**
 * What a task of this definition has to reach: registries, secrets, logs and files before it starts, Session Manager for
 * ECS Exec, and on instances what the agent needs. What the application itself calls is not known.
 * Source: ECS Developer Guide, "Amazon ECS interface VPC endpoints"; ECR User Guide, "Amazon ECR interface VPC endpoints".
 */
export function needsOf(definition: TaskDefinition, { home, exec, agent }: Told): Need[] {
  const containers = definition.containerDefinitions ?? [];
  const { secrets, files } = referencesOf(definition, home);
  const aws = (use: Use, service: string, name: string, region: string, calls: Call[], by: Need['by']) =>
    needOf(use, region === home.region ? name : `${name} in ${region}`, by, {
      kind: 'aws',
      service,
      region,
      calls,
    });
  const all = [
    ...containers.flatMap((container) => imageNeeds(container, home)),
    ...secrets.flatMap(({ reference }) => {
      const call = secretCall(reference);
      return call ? [aws('secrets', call.service, call.name, call.region, [call], 'execution')] : [];
    }),
    ...groupsNeeded(definition, home).map(({ name, region, role }) => {
      const arn = `arn:${home.partition}:logs:${region}:${home.account}:log-group:${name}`;
      const calls = [
        { action: 'logs:CreateLogStream', resource: arn },
        { action: 'logs:PutLogEvents', resource: `${arn}:log-stream:*` },
      ];
      return aws('logs', 'logs', 'CloudWatch Logs', region, calls, role);
    }),
    // The region of the bucket is not told by its ARN; nearly always it is that of the task.
    ...files.flatMap(({ object }) =>
      object
        ? [
            needOf('file', 'S3', 'execution', {
              kind: 'aws',
              service: 's3',
              region: home.region,
              calls: [{ action: 's3:GetObject', resource: object.objectArn }],
              hosts: [bucketHost(object.bucket, home.region)],
            }),
          ]
        : [],
    ),
    ...(exec ? [aws('exec', 'ssmmessages', 'Session Manager', home.region, channels, 'task')] : []),
    ...(agent
      ? ['ecs-agent', 'ecs-telemetry', 'ecs'].map((service) =>
          aws('agent', service, 'ECS', home.region, [], 'aws'),
        )
      : []),
  ];
  return inOrder(joined(all));
}

const channels: Call[] = [
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
].map((action) => ({ action, resource: '*' }));

function needOf(use: Use, label: string, by: Need['by'], destination: Destination): Need {
  return { use, label, by, destination, symptoms: symptomsOf(use, destination) };
}

function imageNeeds({ image = '' }: ContainerDefinition, home: Home): Need[] {
  const read = readImage(image);
  if (!read.valid) return [];
  const { registry, repository } = read;
  if (registry.kind !== 'ecr') {
    const port = registry.kind === 'other' ? (registry.port ?? 443) : 443;
    const need = needOf(
      'registry',
      labels[registry.kind] ?? registry.host,
      'aws',
      internet(registry.host, port, familiesOf(registry)),
    );
    return [
      isPublic(registry.host) ? need : { ...need, doubt: `${registry.host} may have a private address` },
    ];
  }
  const { account, region, host, fips, dualStack } = registry;
  if (fips) {
    const need = needOf('registry', 'ECR (FIPS)', 'execution', internet(host, 443, dualStack));
    return [{ ...need, doubt: `an endpoint may serve ${host}` }];
  }
  const repositoryArn = `arn:${home.partition}:ecr:${region}:${account}:repository/${repository}`;
  const where = region === home.region ? '' : ` in ${region}`;
  const place = { kind: 'aws', region } as const;
  return [
    needOf('ecr-login', `ECR login${where}`, 'execution', {
      ...place,
      service: 'ecr.api',
      calls: [{ action: 'ecr:GetAuthorizationToken', resource: '*' }],
    }),
    needOf('registry', `ECR${where}`, 'execution', {
      ...place,
      service: 'ecr.dkr',
      calls: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'].map((action) => ({
        action,
        resource: repositoryArn,
      })),
      hosts: [host],
      ...(dualStack && { dualStack }),
    }),
    needOf('layers', `S3 for the layers${where}`, 'aws', {
      ...place,
      service: 's3',
      calls: [
        {
          action: 's3:GetObject',
          resource: `arn:${home.partition}:s3:::prod-${region}-starport-layer-bucket/*`,
        },
      ],
      hosts: [bucketHost(`prod-${region}-starport-layer-bucket`, region)],
    }),
  ];
}

function bucketHost(bucket: string, region: string): string {
  return `${bucket}.s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}

const publicHosts =
  /(?:^|\.)(?:docker\.io|public\.ecr\.aws|ecr-public\.aws\.com|ghcr\.io|gcr\.io|pkg\.dev|quay\.io|registry\.k8s\.io|mcr\.microsoft\.com|registry\.gitlab\.com|docker\.elastic\.co|nvcr\.io)$/;

/** Hosts that everybody reaches on the internet; any other may be a company's own, behind a private address. */
function isPublic(host: string): boolean {
  return publicHosts.test(host);
}

const labels: Record<string, string> = { 'docker-hub': 'Docker Hub', 'ecr-public': 'ECR Public' };

/**
 * Whether a registry has addresses of both families; undefined: not known.
 * https://www.docker.com/blog/docker-hub-registry-ipv6-support-now-generally-available/
 * https://docs.aws.amazon.com/AmazonECR/latest/public/public-ecr-requests.html
 */
function familiesOf({ kind, host }: { kind: string; host: string }): boolean | undefined {
  if (kind === 'docker-hub') return true;
  return kind === 'ecr-public' ? host === 'ecr-public.aws.com' : undefined;
}

function internet(host: string, port: number, dualStack: boolean | undefined): Destination {
  return { kind: 'internet', host, port, ...(dualStack !== undefined && { dualStack }) };
}

function secretCall(
  reference: Reference,
): (Call & { service: string; name: string; region: string }) | undefined {
  if (reference.kind === 'invalid') return undefined;
  const { region, arn: resource } = reference;
  return reference.kind === 'secret'
    ? {
        action: 'secretsmanager:GetSecretValue',
        resource,
        service: 'secretsmanager',
        name: 'Secrets Manager',
        region,
      }
    : { action: 'ssm:GetParameters', resource, service: 'ssm', name: 'Parameter Store', region };
}

const order: readonly Use[] = ['ecr-login', 'registry', 'layers', 'secrets', 'logs', 'file', 'exec', 'agent'];

/** As a start comes to them: containers and their secrets have no order. */
function inOrder(needs: readonly Need[]): Need[] {
  return needs.toSorted(
    (a, b) => order.indexOf(a.use) - order.indexOf(b.use) || a.label.localeCompare(b.label),
  );
}

/** One need for each place and use, with the calls of all that ask for it. */
function joined(all: readonly Need[]): Need[] {
  const known = new Map<string, Need>();
  for (const need of all) {
    const { destination } = need;
    const place =
      destination.kind === 'aws'
        ? [destination.service, destination.region, destination.dualStack]
        : [need.label];
    const key = JSON.stringify([need.use, ...place, need.by]);
    const twin = known.get(key);
    known.set(key, twin ? { ...twin, destination: withCalls(twin.destination, destination) } : need);
  }
  return [...known.values()];
}

function withCalls(first: Destination, second: Destination): Destination {
  if (first.kind !== 'aws' || second.kind !== 'aws') return first;
  const calls = [...(first.calls ?? []), ...(second.calls ?? [])];
  const distinct = new Map(calls.map((call) => [JSON.stringify(call), call]));
  const hosts = [...new Set([...(first.hosts ?? []), ...(second.hosts ?? [])])];
  return {
    ...first,
    calls: [...distinct.values()],
    ...(hosts.length > 0 && { hosts }),
  } satisfies AwsDestination;
}
