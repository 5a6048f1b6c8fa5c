import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { needsOf } from '#diagnostics/network/needs.ts';

const home = { partition: 'aws', region: 'eu-west-1', account: '111122223333' };
const ecr = (region = 'eu-west-1') => `111122223333.dkr.ecr.${region}.amazonaws.com/app:1`;
const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:111122223333:${rest}`;

function labels(container: ContainerDefinition, { exec = false, agent = false } = {}): string[] {
  const needs = needsOf({ containerDefinitions: [{ name: 'app', ...container }] }, { home, exec, agent });
  return needs.map(({ label, destination }) =>
    destination.kind === 'aws' ? `${label} ${destination.service}` : `${label} ${destination.kind}`,
  );
}

describe('what a task has to reach is read from its definition', () => {
  it.each<[string, ContainerDefinition, string[]]>([
    ['ECR', { image: ecr() }, ['ECR login ecr.api', 'ECR ecr.dkr', 'S3 for the layers s3']],
    [
      'ECR in another region',
      { image: ecr('us-east-1') },
      ['ECR login in us-east-1 ecr.api', 'ECR in us-east-1 ecr.dkr', 'S3 for the layers in us-east-1 s3'],
    ],
    ['Docker Hub', { image: 'nginx' }, ['Docker Hub internet']],
    ['ECR Public', { image: 'public.ecr.aws/nginx/nginx:1' }, ['ECR Public internet']],
    ['no valid image', { image: 'App:' }, []],
    [
      'a secret and a parameter',
      {
        secrets: [
          { name: 'A', valueFrom: arn('secretsmanager', 'secret:a-Ab12Cd') },
          { name: 'B', valueFrom: arn('secretsmanager', 'secret:b-Ab12Cd:key::') },
          { name: 'C', valueFrom: '/app/c' },
        ],
      },
      ['Parameter Store ssm', 'Secrets Manager secretsmanager'],
    ],
    [
      'awslogs of another region',
      {
        logConfiguration: {
          logDriver: 'awslogs',
          options: { 'awslogs-group': '/ecs/app', 'awslogs-region': 'us-east-1' },
        },
      },
      ['CloudWatch Logs in us-east-1 logs'],
    ],
    [
      'an environment file',
      { environmentFiles: [{ type: 's3', value: 'arn:aws:s3:::files/app.env' }] },
      ['S3 s3'],
    ],
  ])('%s', (_, container, expected) => {
    expect(labels(container)).toEqual(expected);
  });

  it('ECS Exec needs Session Manager, an agent on an instance the endpoints of ECS', () => {
    expect(labels({}, { exec: true })).toEqual(['Session Manager ssmmessages']);
    expect(labels({}, { agent: true })).toEqual(['ECS ecs-agent', 'ECS ecs-telemetry', 'ECS ecs']);
  });
});

describe('what is needed twice is one need', () => {
  it('with the calls of all that ask for it', () => {
    const secrets = ['a', 'b'].map((name) => ({
      name,
      valueFrom: arn('secretsmanager', `secret:${name}-Ab12Cd`),
    }));
    const [need] = needsOf({ containerDefinitions: [{ secrets }] }, { home, exec: false, agent: false });
    expect(need?.destination).toMatchObject({
      calls: secrets.map(({ valueFrom }) => ({
        action: 'secretsmanager:GetSecretValue',
        resource: valueFrom,
      })),
    });
  });
});

describe('a host that may have a private address is not called out of reach', () => {
  it.each([
    ['registry.example.internal:5000/app:1', true],
    ['111122223333.dkr.ecr-fips.us-east-1.amazonaws.com/app:1', true],
    ['ghcr.io/team/app:1', false],
    ['ecr-public.aws.com/a/b:1', false],
    ['nginx', false],
  ])('%s', (image, doubted) => {
    const [need] = needsOf({ containerDefinitions: [{ image }] }, { home, exec: false, agent: false });
    expect(need?.doubt !== undefined).toBe(doubted);
  });
});

describe('a registry', () => {
  it.each([
    ['nginx', true],
    ['ecr-public.aws.com/a/b:1', true],
    ['public.ecr.aws/a/b:1', false],
    ['ghcr.io/a/b:1', undefined],
    ['111122223333.dkr-ecr-fips.us-east-1.on.aws/a:1', true],
    ['111122223333.dkr.ecr-fips.us-east-1.amazonaws.com/a:1', false],
  ])('%s has addresses of both families: %s', (image, expected) => {
    const [need] = needsOf({ containerDefinitions: [{ image }] }, { home, exec: false, agent: false });
    const destination = need?.destination;
    expect(destination?.kind === 'internet' && { dualStack: destination.dualStack }).toEqual({
      dualStack: expected,
    });
  });

  it('by two names, of which one has IPv4 alone, is two needs', () => {
    const images = ['111122223333.dkr-ecr.eu-west-1.on.aws/a:1', ecr()];
    const needs = needsOf(
      { containerDefinitions: images.map((image) => ({ image })) },
      { home, exec: false, agent: false },
    );
    expect(needs.filter(({ use }) => use === 'registry')).toHaveLength(2);
  });
});
