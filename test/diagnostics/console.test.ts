import { describe, expect, it } from 'vitest';
import type { FixNames, Owner } from '#diagnostics/causes/cause.ts';
import { consoleOf } from '#diagnostics/console.ts';
import { parseReference } from '#diagnostics/reference.ts';
import { fc } from '#test/property.ts';

const names: FixNames = {
  region: 'us-east-1',
  account: '222222222222',
  cluster: 'prod',
  service: 'api',
  family: 'api',
  revision: 'api:42',
  executionRoleArn: 'arn:aws:iam::222222222222:role/teams/api-execution',
  taskRoleArn: 'arn:aws:iam::222222222222:role/api-task',
  targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:222222222222:targetgroup/api/0123456789abcdef',
};
const home = 'https://us-east-1.console.aws.amazon.com';

describe('where a change is made by hand', () => {
  it.each<[Owner, string]>([
    ['execution-role', `${home}/iam/home?region=us-east-1#/roles/details/api-execution?section=permissions`],
    ['task-role', `${home}/iam/home?region=us-east-1#/roles/details/api-task?section=permissions`],
    ['task-definition', `${home}/ecs/v2/task-definitions/api/42/containers?region=us-east-1`],
    ['image', `${home}/ecs/v2/task-definitions/api/42/containers?region=us-east-1`],
    ['service-config', `${home}/ecs/v2/clusters/prod/services/api/health?region=us-east-1`],
    ['network', `${home}/ecs/v2/clusters/prod/services/api/networking?region=us-east-1`],
    ['application', `${home}/ecs/v2/clusters/prod/services/api/logs?region=us-east-1`],
    [
      'load-balancer',
      `${home}/ec2/home?region=us-east-1#TargetGroup:targetGroupArn=arn%3Aaws%3Aelasticloadbalancing%3Aus-east-1%3A222222222222%3Atargetgroup%2Fapi%2F0123456789abcdef`,
    ],
  ])('for %s', (owner, address) => {
    expect(consoleOf(owner, names)).toBe(address);
  });

  it.each([
    ['sg-0123456789abcdef0', '/ec2/home?region=us-east-1#SecurityGroup:groupId=sg-0123456789abcdef0'],
    [
      'subnet-0123456789abcdef0',
      '/vpcconsole/home?region=us-east-1#SubnetDetails:subnetId=subnet-0123456789abcdef0',
    ],
    [
      'arn:aws:secretsmanager:us-east-1:222222222222:secret:prod/api-AbCdEf',
      '/secretsmanager/secret?name=prod%2Fapi&region=us-east-1',
    ],
    [
      'arn:aws:elasticloadbalancing:us-east-1:222222222222:listener-rule/app/lb/1/2/3',
      '/ec2/home?region=us-east-1#ELBListenerV2:listenerArn=arn%3Aaws%3Aelasticloadbalancing%3Aus-east-1%3A222222222222%3Alistener%2Fapp%2Flb%2F1%2F2',
    ],
    [
      'arn:aws:ecs:us-east-1:222222222222:task/prod/0123456789abcdef0123456789abcdef',
      '/ecs/v2/clusters/prod/tasks/0123456789abcdef0123456789abcdef?region=us-east-1',
    ],
    [
      'arn:aws:lambda:us-east-1:222222222222:function:smoke-test',
      '/lambda/home?region=us-east-1#/functions/smoke-test',
    ],
    [
      'arn:aws:ssm:us-east-1:222222222222:parameter/prod/api/key',
      '/systems-manager/parameters/%2Fprod%2Fapi%2Fkey/description?region=us-east-1',
    ],
    [
      'arn:aws:ecr:us-east-1:222222222222:repository/team/api',
      '/ecr/repositories/private/222222222222/team%2Fapi?region=us-east-1',
    ],
    [
      'arn:aws:logs:us-east-1:222222222222:log-group:/ecs/api:*',
      '/cloudwatch/home?region=us-east-1#logsV2:log-groups/log-group/$252Fecs$252Fapi',
    ],
    ['arn:aws:iam::222222222222:role/x', '/iam/home?region=us-east-1#/roles/details/x?section=permissions'],
  ])('for %s itself', (resource, path) => {
    expect(consoleOf('operator', { ...names, resource })).toBe(`${home}${path}`);
  });

  it.each([
    ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/'],
    ['us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/'],
    ['eu-west-1', 'https://eu-west-1.console.aws.amazon.com/'],
  ])('in %s', (region, begins) => {
    expect(consoleOf('service-config', { ...names, region })?.startsWith(begins)).toBe(true);
  });

  it.each<[string, Owner, FixNames]>([
    ['nobody has to change anything', 'nothing', names],
    ['no region is known', 'service-config', { cluster: 'prod', service: 'api' }],
    ['the console of the partition is not known', 'service-config', { ...names, region: 'us-iso-east-1' }],
    ['neither service nor definition is known', 'operator', { region: 'us-east-1' }],
  ])('is nowhere where %s', (_, owner, given) => {
    expect(consoleOf(owner, given)).toBeUndefined();
  });

  it('leads back to the service that it is about', () => {
    expect(parseReference(consoleOf('service-config', names) ?? '')).toMatchObject({
      region: 'us-east-1',
      cluster: 'prod',
      service: 'api',
    });
  });

  it('never leaves the console, whatever the names are', () => {
    const owners = [
      'application',
      'network',
      'load-balancer',
      'execution-role',
      'task-definition',
      'operator',
    ] as const;
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(
        fc.constantFrom(...owners),
        fc.record({
          region: fc.oneof(text, fc.constant('us-east-1')),
          cluster: text,
          service: text,
          revision: text,
          resource: fc.oneof(
            text,
            text.map((end) => `arn:aws:ecr:us-east-1:${end}:repository/${end}`),
          ),
          executionRoleArn: text,
          targetGroupArn: text,
        }),
        (owner, given) => {
          const address = consoleOf(owner, given);
          if (address === undefined) return;
          expect(new URL(address).hostname).toMatch(
            /^[a-z0-9-]+\.console\.(?:aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com)$/,
          );
          expect(address).toMatch(/^[!-~]+$/);
        },
      ),
    );
  });
});
