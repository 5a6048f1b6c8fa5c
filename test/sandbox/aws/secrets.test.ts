import { DescribeKeyCommand, GetKeyPolicyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { DescribeParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { account, arn, clientConfig, failure, otherAccountId, start } from './small-world.ts';

const secret = arn('secretsmanager', 'secret:prod/db-q8Zt3K');
const key = arn('kms', 'key/1111aaaa-0000-4000-8000-000000000000');
const names = Array.from({ length: 12 }, (_, number) => `/prod/app/${String(number).padStart(2, '0')}`);
const sandbox = account({
  secrets: [{ ARN: secret, Name: 'prod/db', VersionIdsToStages: { v1: ['AWSCURRENT'] } }],
  parameters: names.map((Name) => ({ Name, Type: 'SecureString', KeyId: 'alias/aws/ssm' })),
  keys: [{ KeyId: '1111aaaa-0000-4000-8000-000000000000', Arn: key, KeyState: 'Disabled' }],
  keyAliases: { 'alias/app': key },
  otherRegions: {
    'eu-west-1': { secrets: [{ Name: 'far', ARN: secret.replace('us-east-1', 'eu-west-1') }] },
  },
});

describe('Secrets Manager', () => {
  const open = async (region = 'us-east-1') => {
    const endpoint = await start({ accounts: [sandbox] });
    return {
      endpoint,
      client: new SecretsManagerClient({ ...(await clientConfig(endpoint, sandbox)), region }),
    };
  };

  it.each([secret, 'prod/db', secret.slice(0, -7)])('finds a secret by %s', async (SecretId) => {
    const { client } = await open();
    expect(await client.send(new DescribeSecretCommand({ SecretId }))).toMatchObject({ ARN: secret });
  });

  it('knows no other', async () => {
    const { client } = await open();
    const error = await failure(client.send(new DescribeSecretCommand({ SecretId: `${secret}X` })));
    expect(error.name).toBe('ResourceNotFoundException');
  });

  it('keeps the secrets of another region apart', async () => {
    const { client } = await open('eu-west-1');
    expect(await client.send(new DescribeSecretCommand({ SecretId: 'far' }))).toMatchObject({ Name: 'far' });
    const error = await failure(client.send(new DescribeSecretCommand({ SecretId: 'prod/db' })));
    expect(error.name).toBe('ResourceNotFoundException');
  });

  it('refuses what another account owns', async () => {
    const { client } = await open();
    const SecretId = arn('secretsmanager', 'secret:a-q8Zt3K', otherAccountId);
    const error = await failure(client.send(new DescribeSecretCommand({ SecretId })));
    expect(error.name).toBe('AccessDeniedException');
    expect(error.message).toContain('because no resource-based policy allows');
  });

  it('has no value to give away', async () => {
    const { client, endpoint } = await open();
    await failure(client.send(new GetSecretValueCommand({ SecretId: secret })));
    expect(endpoint.unexpected).toMatchObject([{ operation: 'GetSecretValue' }]);
  });
});

describe('Parameter Store', () => {
  it('pages through the parameters that a filter names', async () => {
    const endpoint = await start({ accounts: [sandbox] });
    const client = new SSMClient(await clientConfig(endpoint, sandbox));
    const ParameterFilters = [{ Key: 'Name', Option: 'Equals', Values: [...names.slice(1), '/prod/none'] }];
    const first = await client.send(new DescribeParametersCommand({ ParameterFilters }));
    expect(first.Parameters).toHaveLength(10);
    const second = await client.send(
      new DescribeParametersCommand({ ParameterFilters, NextToken: first.NextToken, MaxResults: 50 }),
    );
    expect(second).toMatchObject({ Parameters: [{ Name: names[11], KeyId: 'alias/aws/ssm' }] });
    expect(second.NextToken).toBeUndefined();
  });

  it('takes no more than fifty names', async () => {
    const endpoint = await start({ accounts: [sandbox] });
    const client = new SSMClient(await clientConfig(endpoint, sandbox));
    const Values = Array.from({ length: 51 }, (_, number) => `/${number}`);
    const error = await failure(
      client.send(new DescribeParametersCommand({ ParameterFilters: [{ Key: 'Name', Values }] })),
    );
    expect(error.name).toBe('InvalidFilterValue');
  });
});

describe('KMS', () => {
  it.each([key, key.split('/')[1], 'alias/app', arn('kms', 'alias/app')])(
    'finds a key by %s',
    async (KeyId) => {
      const endpoint = await start({ accounts: [sandbox] });
      const client = new KMSClient(await clientConfig(endpoint, sandbox));
      const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId }));
      expect(KeyMetadata).toMatchObject({ Arn: key, KeyState: 'Disabled' });
    },
  );

  it('gives a key the policy that new keys have, unless told otherwise', async () => {
    const endpoint = await start({ accounts: [sandbox] });
    const client = new KMSClient(await clientConfig(endpoint, sandbox));
    const { Policy = '' } = await client.send(new GetKeyPolicyCommand({ KeyId: key }));
    expect(JSON.parse(Policy)).toMatchObject({ Statement: [{ Action: 'kms:*' }] });
    const error = await failure(client.send(new DescribeKeyCommand({ KeyId: 'alias/none' })));
    expect(error.name).toBe('NotFoundException');
  });
});
