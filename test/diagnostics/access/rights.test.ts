import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { appRights, instanceCalls } from '#diagnostics/access/app-rights.ts';
import { rightsFix } from '#diagnostics/access/fix.ts';
import { groupsOf } from '#diagnostics/access/groups.ts';
import { rightsOf } from '#diagnostics/access/rights.ts';

const home = { partition: 'aws', region: 'us-east-1', account: '222222222222' };
const setting = { home, executionRoleArn: 'arn:aws:iam::222222222222:role/api-execution' };
const secret = 'arn:aws:secretsmanager:us-east-1:222222222222:secret:prod/db-q8Zt3K';

function needs(container: Partial<ContainerDefinition>, more: Partial<TaskDefinition> = {}) {
  return rightsOf({ containerDefinitions: [{ name: 'app', ...container }], ...more }, setting).map(
    ({ role, action, resource }) => `${role} ${action} ${resource}`,
  );
}

describe('the rights that a task definition needs', () => {
  it.each([
    ['nothing', {}, []],
    [
      'a secret',
      { secrets: [{ name: 'A', valueFrom: `${secret}:key::` }] },
      [`execution secretsmanager:GetSecretValue ${secret}`],
    ],
    [
      'a parameter',
      { secrets: [{ name: 'A', valueFrom: '/a' }] },
      ['execution ssm:GetParameters arn:aws:ssm:us-east-1:222222222222:parameter/a'],
    ],
    ['a broken reference', { secrets: [{ name: 'A', valueFrom: `${secret}:key` }] }, []],
    [
      'an environment file',
      { environmentFiles: [{ type: 's3' as const, value: 'arn:aws:s3:::conf/a.env' }] },
      ['execution s3:GetObject arn:aws:s3:::conf/a.env', 'execution s3:GetBucketLocation arn:aws:s3:::conf'],
    ],
    [
      'an image in ECR',
      { image: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/team/api:1.0' },
      [
        'execution ecr:GetAuthorizationToken *',
        'execution ecr:BatchCheckLayerAvailability arn:aws:ecr:eu-west-1:111111111111:repository/team/api',
        'execution ecr:GetDownloadUrlForLayer arn:aws:ecr:eu-west-1:111111111111:repository/team/api',
        'execution ecr:BatchGetImage arn:aws:ecr:eu-west-1:111111111111:repository/team/api',
      ],
    ],
    ['a public image', { image: 'public.ecr.aws/nginx/nginx:1' }, []],
  ])('%s', (_, container, expected) => {
    expect(needs(container)).toEqual(expected);
  });

  it('the log group is made only where the definition asks for that', () => {
    const options = {
      'awslogs-group': '/ecs/api',
      'awslogs-region': 'us-east-1',
      'awslogs-stream-prefix': 'ecs',
    };
    const actions = (more: Record<string, string>) =>
      needs({ logConfiguration: { logDriver: 'awslogs', options: { ...options, ...more } } }).map(
        (text) => text.split(' ')[1],
      );
    expect(actions({})).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
    expect(actions({ 'awslogs-create-group': 'true' })).toContain('logs:CreateLogGroup');
  });

  it('the log router works with the task role', () => {
    const options = {
      Name: 'cloudwatch',
      log_group_name: '/app',
      region: 'us-east-1',
      auto_create_group: 'true',
    };
    const told = needs({ logConfiguration: { logDriver: 'awsfirelens', options } });
    expect(told).toHaveLength(3);
    expect(told.every((text) => text.startsWith('task logs:'))).toBe(true);
  });

  it('a file system asks for the task role only with IAM authorization, and for writing only where it is written', () => {
    const volume = (iam: 'ENABLED' | 'DISABLED', readOnly: boolean) =>
      needs(
        { mountPoints: [{ sourceVolume: 'data', readOnly }] },
        {
          volumes: [
            { name: 'data', efsVolumeConfiguration: { fileSystemId: 'fs-1', authorizationConfig: { iam } } },
          ],
        },
      ).map((text) => text.split(' ')[1]);
    expect(volume('DISABLED', false)).toEqual([]);
    expect(volume('ENABLED', true)).toEqual(['elasticfilesystem:ClientMount']);
    expect(volume('ENABLED', false)).toEqual([
      'elasticfilesystem:ClientMount',
      'elasticfilesystem:ClientWrite',
    ]);
  });

  it('without an execution role nothing is asked of one', () => {
    const definition = { containerDefinitions: [{ name: 'app', secrets: [{ name: 'A', valueFrom: '/a' }] }] };
    expect(rightsOf(definition, { home })).toEqual([]);
  });
});

describe('what is asked of IAM together', () => {
  it('five secrets of one role are one simulation', () => {
    const secrets = Array.from({ length: 5 }, (_, number) => ({
      name: `S${number}`,
      valueFrom: secret.replace('db', `db${number}`),
    }));
    const rights = rightsOf({ containerDefinitions: [{ name: 'app', secrets }] }, setting);
    const groups = groupsOf(rights, home, () => setting.executionRoleArn);
    expect(groups).toHaveLength(1);
    expect(groups[0]?.resources).toHaveLength(5);
  });

  it('a value that only one of them has is left out, so that IAM says that it misses it', () => {
    const of = (valueFrom: string) => ({ name: valueFrom, valueFrom });
    const two = [of(secret), of(secret.replace('db', 'other'))];
    const rights = rightsOf({ containerDefinitions: [{ name: 'app', secrets: two }] }, setting);
    const [group] = groupsOf(rights, home, () => setting.executionRoleArn);
    expect(group?.context).not.toHaveProperty('secretsmanager:SecretId');
    expect(group?.context).toMatchObject({
      'secretsmanager:VersionStage': 'AWSCURRENT',
      'aws:RequestedRegion': 'us-east-1',
    });
  });
});

describe('the policy that a role lacks', () => {
  const rights = rightsOf(
    {
      containerDefinitions: [
        {
          name: 'app',
          secrets: [
            { name: 'A', valueFrom: secret },
            { name: 'B', valueFrom: '/b' },
          ],
          logConfiguration: {
            logDriver: 'awslogs',
            options: { 'awslogs-group': '/ecs/api', 'awslogs-stream-prefix': 'ecs' },
          },
        },
      ],
    },
    setting,
  );

  it('names the very resources, and all streams of the log group', () => {
    const { policy = '' } = rightsFix(setting.executionRoleArn, rights);
    expect(JSON.parse(policy).Statement).toEqual([
      { Effect: 'Allow', Action: ['secretsmanager:GetSecretValue'], Resource: secret },
      {
        Effect: 'Allow',
        Action: ['ssm:GetParameters'],
        Resource: 'arn:aws:ssm:us-east-1:222222222222:parameter/b',
      },
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: 'arn:aws:logs:us-east-1:222222222222:log-group:/ecs/api:*',
      },
    ]);
  });

  it('is one document for all that is missing', () => {
    const fix = rightsFix(setting.executionRoleArn, rights);
    expect(JSON.parse(fix.policy ?? '')).toMatchObject({ Statement: [{}, {}, {}] });
    expect(fix.terraform).toContain('role = "api-execution"');
    expect(fix.cli).toContain('put-role-policy --role-name api-execution');
    expect(fix.console).toContain('/roles/details/api-execution');
  });
});

describe('what a program was refused', () => {
  const line = (role: string, rest: string) => ({
    message: `AccessDenied: User: arn:aws:sts::222222222222:assumed-role/${role}/0123 is not authorized to perform: ${rest}`,
  });
  const refusedIn = (messages: { message: string }[]) =>
    appRights(
      [{ container: 'app', task: '1', lines: messages }],
      'arn:aws:iam::222222222222:role/x/api-task',
    ).map(({ action, resource }) => [action, resource]);

  it.each([
    [
      'on a resource',
      's3:PutObject on resource: "arn:aws:s3:::b/k" because no identity-based policy',
      [['s3:PutObject', 'arn:aws:s3:::b/k']],
    ],
    ['on none', 'sqs:ListQueues because no identity-based policy allows it', [['sqs:ListQueues', '*']]],
    [
      'with a full stop behind',
      'sns:Publish on resource: arn:aws:sns:us-east-1:222222222222:t.',
      [['sns:Publish', 'arn:aws:sns:us-east-1:222222222222:t']],
    ],
  ])('%s', (_, rest, expected) => {
    expect(refusedIn([line('api-task', rest)])).toEqual(expected);
  });

  it.each([
    ['the role of an instance', 'ecsInstanceRole/i-0123456789abcdef0', ['ecsInstanceRole']],
    ['of a machine elsewhere', 'anywhere/mi-0123456789abcdef0', ['anywhere']],
    ['a task role', 'api-task/0123456789abcdef0123456789abcdef', []],
    ['a person', 'ada/i-am-ada', []],
  ])('under %s', (_, session, expected) => {
    const message = `User: arn:aws:sts::222222222222:assumed-role/${session} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::b/k"`;
    const found = instanceCalls([{ container: 'app', task: '1', lines: [{ message }, { message }] }]);
    expect([...found.keys()]).toEqual(expected);
    expect([...found.values()].flat().map(({ action }) => action)).toEqual(
      expected.map(() => 's3:PutObject'),
    );
  });

  it('is the task role alone, each right once', () => {
    const rest = 's3:GetObject on resource: "arn:aws:s3:::b/k"';
    expect(refusedIn([line('another', rest), line('api-task', rest), line('api-task', rest)])).toHaveLength(
      1,
    );
  });
});
