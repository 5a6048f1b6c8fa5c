import { ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import {
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { describe, expect, it, vi } from 'vitest';
import {
  account,
  accountId,
  arn,
  clientConfig,
  cluster,
  failure,
  otherAccountId,
  region,
  start,
  stsClient,
} from './small-world.ts';

const prod = account({});
const staging = account({}, otherAccountId);
const hour = 3_600_000;

describe('AssumeRole', () => {
  const right = { RoleArn: prod.role.arn, RoleSessionName: 'ecs-sleuth', ExternalId: prod.role.externalId };

  it('issues credentials that know who asked', async () => {
    const endpoint = await start({ accounts: [prod, staging] });
    const config = await clientConfig(endpoint, prod, {
      sessionName: 'U042ANNA',
      sourceIdentity: 'anna@example.com',
    });
    const identity = await new STSClient(config).send(new GetCallerIdentityCommand({}));
    expect(identity.Account).toBe(accountId);
    expect(identity.Arn).toBe(`arn:aws:sts::${accountId}:assumed-role/ecs-sleuth/U042ANNA`);
    expect(identity.UserId).toMatch(/^AROA[A-Z2-7]{17}:U042ANNA$/);
    await new ECSClient(config).send(new ListClustersCommand({}));
    expect(endpoint.calls.at(-1)).toMatchObject({
      service: 'ecs',
      operation: 'ListClusters',
      account: accountId,
      region,
      sessionName: 'U042ANNA',
      sourceIdentity: 'anna@example.com',
    });
  });

  it('says when the credentials end', async () => {
    const now = new Date('2026-05-01T12:00:00Z');
    const endpoint = await start({ accounts: [prod], now: () => now });
    const answer = await stsClient(endpoint).send(new AssumeRoleCommand({ ...right, DurationSeconds: 900 }));
    expect(answer.Credentials?.Expiration).toEqual(new Date('2026-05-01T12:15:00Z'));
  });

  it('serves the SDK provider through AWS_ENDPOINT_URL', async () => {
    const endpoint = await start({ accounts: [prod] });
    vi.stubEnv('AWS_ENDPOINT_URL', endpoint.url);
    const credentials = fromTemporaryCredentials({
      masterCredentials: endpoint.credentials,
      params: right,
      clientConfig: { region },
    });
    const answer = await new ECSClient({ region, credentials }).send(new ListClustersCommand({}));
    vi.unstubAllEnvs();
    expect(answer.clusterArns).toEqual([arn('ecs', `cluster/${cluster}`)]);
  });

  const notAuthorized = `is not authorized to perform: sts:AssumeRole on resource: ${prod.role.arn}`;
  it.each([
    ['another external id', { ExternalId: 'external-of-somebody' }, 'AccessDenied', notAuthorized],
    ['no external id', { ExternalId: undefined }, 'AccessDenied', notAuthorized],
    [
      'a role that is not there',
      { RoleArn: `${prod.role.arn}-2` },
      'AccessDenied',
      'sts:AssumeRole on resource:',
    ],
    [
      'a session name of one letter',
      { RoleSessionName: 'x' },
      'ValidationError',
      'length greater than or equal to 2',
    ],
    [
      'a session name of 65 letters',
      { RoleSessionName: 'x'.repeat(65) },
      'ValidationError',
      "at 'roleSessionName' failed to satisfy constraint: Member must have length less than or equal to 64",
    ],
    [
      'a session name with a space',
      { RoleSessionName: 'Anna B' },
      'ValidationError',
      "Value 'Anna B' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    ],
    [
      'a source identity with a colon',
      { SourceIdentity: 'slack:U042' },
      'ValidationError',
      "at 'sourceIdentity'",
    ],
    ['a source identity of AWS', { SourceIdentity: 'aws:anna' }, 'ValidationError', "at 'sourceIdentity'"],
    ['an external id with a space', { ExternalId: 'a b' }, 'ValidationError', "at 'externalId'"],
    [
      'a session of a minute',
      { DurationSeconds: 60 },
      'ValidationError',
      'value greater than or equal to 900',
    ],
    [
      'a session longer than the role allows',
      { DurationSeconds: 7200 },
      'ValidationError',
      'exceeds the MaxSessionDuration',
    ],
    ['what is no role', { RoleArn: `arn:aws:iam::${accountId}:user/x` }, 'ValidationError', 'is invalid'],
  ])('refuses %s', async (_name, wrong, name, message) => {
    const endpoint = await start({ accounts: [prod] });
    const error = await failure(stsClient(endpoint).send(new AssumeRoleCommand({ ...right, ...wrong })));
    expect(error).toMatchObject({ name, message: expect.stringContaining(message) });
    expect(endpoint.unexpected).toEqual([]);
  });
});

it('refuses a source identity where the trust policy does not allow one', async () => {
  const strict = { ...prod, role: { ...prod.role, allowsSourceIdentity: false } };
  const endpoint = await start({ accounts: [strict] });
  await expect(clientConfig(endpoint, strict)).resolves.toMatchObject({ region });
  expect(await failure(clientConfig(endpoint, strict, { sourceIdentity: 'anna' }))).toMatchObject({
    name: 'AccessDenied',
    message: `User: arn:aws:iam::111111111111:user/ecs-sleuth is not authorized to perform: sts:SetSourceIdentity on resource: ${prod.role.arn}`,
  });
});

describe('the key of a request', () => {
  it('opens the account it was issued for and no other', async () => {
    const endpoint = await start({ accounts: [prod, staging] });
    const answer = await new ECSClient(await clientConfig(endpoint, staging)).send(
      new ListClustersCommand({}),
    );
    expect(answer.clusterArns).toEqual([arn('ecs', `cluster/${cluster}`, otherAccountId)]);
    expect(endpoint.calls.at(-1)?.account).toBe(otherAccountId);
  });

  it('is refused when nobody issued it, in the words of each protocol', async () => {
    const endpoint = await start({ accounts: [prod] });
    const credentials = { accessKeyId: 'ASIAMADEUP', secretAccessKey: 'x', sessionToken: 'y' };
    const config = { endpoint: endpoint.url, region, credentials, maxAttempts: 1 };
    const message = 'The security token included in the request is invalid.';
    const json = await failure(new ECSClient(config).send(new ListClustersCommand({})));
    expect(json).toMatchObject({ name: 'UnrecognizedClientException', message });
    const query = await failure(new STSClient(config).send(new GetCallerIdentityCommand({})));
    expect(query).toMatchObject({
      name: 'InvalidClientTokenId',
      message,
      $metadata: { httpStatusCode: 403 },
    });
    expect(endpoint.calls.map((call) => call.account)).toEqual([undefined, undefined]);
  });

  it('is refused with the token of another session', async () => {
    const endpoint = await start({ accounts: [prod] });
    const config = await clientConfig(endpoint, prod);
    const other = await clientConfig(endpoint, prod);
    const credentials = { ...config.credentials, sessionToken: other.credentials.sessionToken };
    const error = await failure(new ECSClient({ ...config, credentials }).send(new ListClustersCommand({})));
    expect(error.name).toBe('UnrecognizedClientException');
  });

  it('expires', async () => {
    let now = new Date('2026-05-01T12:00:00Z');
    const endpoint = await start({ accounts: [prod], now: () => now });
    const config = await clientConfig(endpoint, prod);
    await new ECSClient(config).send(new ListClustersCommand({}));
    now = new Date(now.getTime() + hour);
    const json = await failure(new ECSClient(config).send(new ListClustersCommand({})));
    expect(json).toMatchObject({
      name: 'ExpiredTokenException',
      message: 'The security token included in the request is expired',
    });
    const query = await failure(
      new ElasticLoadBalancingV2Client(config).send(new DescribeTargetGroupsCommand({})),
    );
    expect(query.name).toBe('ExpiredToken');
  });

  it('is refused in a region where the account has nothing', async () => {
    const endpoint = await start({ accounts: [prod] });
    const config = { ...(await clientConfig(endpoint, prod)), region: 'eu-west-1' };
    const json = await failure(new ECSClient(config).send(new ListClustersCommand({})));
    expect(json).toMatchObject({
      name: 'InvalidSignatureException',
      message: expect.stringContaining('valid region'),
    });
    const query = await failure(
      new ElasticLoadBalancingV2Client(config).send(new DescribeTargetGroupsCommand({})),
    );
    expect(query.name).toBe('SignatureDoesNotMatch');
  });

  it('opens each region of its account', async () => {
    const clusters = [
      { clusterArn: `arn:aws:ecs:eu-west-1:${accountId}:cluster/eu`, clusterName: 'eu', status: 'ACTIVE' },
    ];
    const europe = { ...account({ clusters }), region: 'eu-west-1' };
    const endpoint = await start({ accounts: [prod, europe] });
    const config = { ...(await clientConfig(endpoint, prod)), region: 'eu-west-1' };
    const answer = await new ECSClient(config).send(new ListClustersCommand({}));
    expect(answer.clusterArns).toEqual([clusters[0]?.clusterArn]);
  });

  it('may call nothing but STS when it is the base key', async () => {
    const endpoint = await start({ accounts: [prod] });
    const config = { endpoint: endpoint.url, region, credentials: endpoint.credentials, maxAttempts: 1 };
    const error = await failure(new ECSClient(config).send(new ListClustersCommand({})));
    expect(error).toMatchObject({
      name: 'AccessDeniedException',
      message:
        'User: arn:aws:iam::111111111111:user/ecs-sleuth is not authorized to perform: ecs:ListClusters on resource: * because no identity-based policy allows the ecs:ListClusters action',
    });
  });

  it('reads its own account when it is a base key that may', async () => {
    const own = { accessKeyId: 'AKIAOWN', secretAccessKey: 'secret', account: accountId, reads: true };
    const endpoint = await start({ accounts: [prod], baseCredentials: [own] });
    const config = { endpoint: endpoint.url, region, credentials: own, maxAttempts: 1 };
    const answer = await new ECSClient(config).send(new ListClustersCommand({}));
    expect(answer.clusterArns).toHaveLength(1);
    expect(endpoint.calls.at(-1)?.sessionName).toBeUndefined();
  });
});
