import { describe, expect, it } from 'vitest';
import { homeOf, referencesOf } from '#diagnostics/secret-references/references.ts';
import { readS3Object } from '#diagnostics/secret-references/s3-object.ts';

const home = { partition: 'aws', region: 'us-east-1', account: '222222222222' };

describe('every place in which a task definition may name a secret or a file', () => {
  it.each([
    ['secrets', { secrets: [{ name: 'A', valueFrom: '/a' }] }, 'variable', 'secrets[A].valueFrom'],
    [
      'secretOptions',
      {
        logConfiguration: {
          logDriver: 'splunk' as const,
          secretOptions: [{ name: 'splunk-token', valueFrom: '/t' }],
        },
      },
      'log option',
      'logConfiguration.secretOptions[splunk-token].valueFrom',
    ],
    [
      'repositoryCredentials',
      { repositoryCredentials: { credentialsParameter: 'hub' } },
      'registry login',
      'repositoryCredentials.credentialsParameter',
    ],
    [
      'credentialSpecs in SSM',
      { credentialSpecs: ['credentialspecdomainless:arn:aws:ssm:us-east-1:222222222222:parameter/spec'] },
      'credential spec',
      'credentialSpecs[0]',
    ],
    [
      'dockerSecurityOptions',
      {
        dockerSecurityOptions: [
          'label:x',
          'credentialspec:arn:aws:ssm:us-east-1:222222222222:parameter/spec',
        ],
      },
      'credential spec',
      'dockerSecurityOptions[1]',
    ],
  ])('%s', (_, container, purpose, field) => {
    const { secrets, files } = referencesOf({ containerDefinitions: [{ name: 'app', ...container }] }, home);
    expect(secrets).toMatchObject([{ purpose, origin: { container: 'app', field } }]);
    expect(files).toEqual([]);
  });

  it.each([
    [
      'environmentFiles',
      { environmentFiles: [{ type: 's3' as const, value: 'arn:aws:s3:::b/a.env' }] },
      'environment file',
      'b',
    ],
    [
      'FireLens',
      {
        firelensConfiguration: {
          type: 'fluentbit' as const,
          options: { 'config-file-type': 's3', 'config-file-value': 'arn:aws:s3:::b/f.conf' },
        },
      },
      'FireLens configuration',
      'b',
    ],
    [
      'credentialSpecs in S3',
      { credentialSpecs: ['credentialspec:arn:aws:s3:::b/spec.json'] },
      'credential spec',
      'b',
    ],
    [
      'a file that is none',
      { environmentFiles: [{ type: 's3' as const, value: 'https://b.s3.amazonaws.com/a.env' }] },
      'environment file',
      undefined,
    ],
  ])('%s', (_, container, purpose, bucket) => {
    const { secrets, files } = referencesOf({ containerDefinitions: [{ name: 'app', ...container }] }, home);
    expect(files.map((file) => [file.purpose, file.object?.bucket])).toEqual([[purpose, bucket]]);
    expect(secrets).toEqual([]);
  });

  it('is nowhere else', () => {
    const container = {
      name: 'app',
      credentialSpecs: ['credentialspec:file://spec.json'],
      firelensConfiguration: {
        type: 'fluentbit' as const,
        options: { 'config-file-type': 'file', 'config-file-value': '/f.conf' },
      },
      environment: [{ name: 'A', value: 'arn:aws:ssm:us-east-1:222222222222:parameter/a' }],
    };
    expect(referencesOf({ containerDefinitions: [container] }, home)).toEqual({ secrets: [], files: [] });
  });
});

describe('an object in S3', () => {
  it.each([
    ['arn:aws:s3:::acme-config/a/b.env', 'arn:aws:s3:::acme-config', 'a/b.env'],
    ['arn:aws-cn:s3:::acme/b.env', 'arn:aws-cn:s3:::acme', 'b.env'],
    ['arn:aws:s3:::acme', undefined, undefined],
    ['s3://acme/b.env', undefined, undefined],
  ])('%s', (text, bucketArn, key) => {
    expect(readS3Object(text)?.bucketArn).toBe(bucketArn);
    expect(readS3Object(text)?.key).toBe(key);
  });
});

describe('where a task runs', () => {
  it('is told by the ARN of its definition, in any partition', () => {
    const taskDefinitionArn = 'arn:aws-us-gov:ecs:us-gov-west-1:123456789012:task-definition/a:1';
    expect(homeOf({ taskDefinitionArn }, home)).toEqual({
      partition: 'aws-us-gov',
      region: 'us-gov-west-1',
      account: '123456789012',
    });
    expect(homeOf({}, home)).toEqual(home);
  });
});
