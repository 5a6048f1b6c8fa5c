import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { onTestFinished } from 'vitest';
import { type AwsEndpoint, type EndpointOptions, startAwsEndpoint } from '#sandbox/aws/endpoint.ts';
import type { Account, World } from '#sandbox/aws/world.ts';

export const region = 'us-east-1';
export const cluster = 'prod';
export const accountId = '222222222222';
export const otherAccountId = '333333333333';

export function arn(service: string, resource: string, account = accountId): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}

/** An account whose cluster holds nothing but what the test puts there. */
export function account(world: Partial<World>, id = accountId): Account {
  return {
    id,
    region,
    role: { arn: `arn:aws:iam::${id}:role/ecs-sleuth`, externalId: `external-${id}` },
    world: {
      clusters: [
        { clusterArn: arn('ecs', `cluster/${cluster}`, id), clusterName: cluster, status: 'ACTIVE' },
      ],
      services: [],
      tasks: [],
      taskDefinitions: [],
      containerInstances: [],
      serviceDeployments: [],
      serviceRevisions: [],
      targetGroups: [],
      loadBalancers: [],
      targetHealth: {},
      logGroups: [],
      ...world,
    },
  };
}

export interface Session {
  sessionName?: string;
  sourceIdentity?: string;
  account?: Account;
}

/** Starts an endpoint that ends with the test. */
export async function start(options: EndpointOptions): Promise<AwsEndpoint> {
  const endpoint = await startAwsEndpoint(options);
  onTestFinished(() => endpoint.close());
  return endpoint;
}

export function stsClient(endpoint: AwsEndpoint): STSClient {
  const client = new STSClient({
    endpoint: endpoint.url,
    region,
    credentials: endpoint.credentials,
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  return client;
}

/** What any SDK client needs to reach the endpoint as the assumed role. */
export async function clientConfig(endpoint: AwsEndpoint, assumed: Account, session: Session = {}) {
  const { Credentials } = await stsClient(endpoint).send(
    new AssumeRoleCommand({
      RoleArn: assumed.role.arn,
      RoleSessionName: session.sessionName ?? 'ecs-sleuth',
      ExternalId: assumed.role.externalId,
      SourceIdentity: session.sourceIdentity,
    }),
  );
  return {
    endpoint: endpoint.url,
    region,
    maxAttempts: 1,
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  };
}

/** The error that a call ends with. */
export async function failure(call: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error === undefined) throw new Error('The call succeeded.');
  return error as Error & Record<string, unknown>;
}
