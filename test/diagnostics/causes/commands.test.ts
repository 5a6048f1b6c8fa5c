import { describe, expect, it } from 'vitest';
import { causes } from '#diagnostics/causes/index.ts';
import { commandsIn, faultsOf, needsRegion } from './aws-cli.ts';

const names = {
  region: 'us-east-1',
  account: '222222222222',
  cluster: 'prod',
  service: 'api',
  family: 'api',
  revision: 'api:42',
  lastGoodRevision: 'api:41',
  container: 'app',
  task: '0123456789abcdef',
  containerInstance: 'fedcba9876543210',
  image: '222222222222.dkr.ecr.us-east-1.amazonaws.com/api:1.2',
  repository: 'api',
  memory: '512',
  executionRoleArn: 'arn:aws:iam::222222222222:role/api-execution',
  taskRoleArn: 'arn:aws:iam::222222222222:role/api-task',
  logGroup: '/ecs/api',
  resource: 'arn:aws:secretsmanager:us-east-1:222222222222:secret:api-AbCdEf',
  name: 'DATABASE_URL',
  port: '8080',
  seconds: '60',
};

const withCommands = [...causes.values()].flatMap(({ id, fix }) => {
  const { cli } = fix(names);
  return cli === undefined ? [] : [[id, cli, fix({}).cli ?? ''] as const];
});

describe('the commands of a fix', () => {
  it('are read as a shell does', () => {
    expect(commandsIn("aws a b --c 'd | e' \\\n  | jq '.x' > y\naws f g")).toEqual([
      ['aws', 'a', 'b', '--c', 'd | e'],
      ['jq', '.x', '>', 'y'],
      ['aws', 'f', 'g'],
    ]);
    expect(() => commandsIn("aws a b --c 'd")).toThrow('quote');
  });

  it('are known to be wrong where an option is not one of the operation, or one is missing', () => {
    expect(faultsOf(['aws', 'ecs', 'update-service', '--service', 'a', '--such', 'b'])).toEqual([
      '--such is no option of ecs update-service',
    ]);
    expect(faultsOf(['aws', 'ecs', 'update-service', '--cluster', 'a'])).toEqual([
      'ecs update-service needs --service',
    ]);
    expect(faultsOf(['aws', 'ecs', 'delete-everything'])).toEqual(['ecs has no delete-everything']);
  });

  it.each(withCommands)(
    'of %s are ones that the AWS CLI has, in the region of the fault',
    (_, filled, bare) => {
      for (const command of [...commandsIn(filled), ...commandsIn(bare)])
        expect(faultsOf(command)).toEqual([]);
      for (const command of commandsIn(filled))
        if (needsRegion(command)) expect(command).toContain('--region');
    },
  );
});
