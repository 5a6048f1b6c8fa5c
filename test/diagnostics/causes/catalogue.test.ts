import { describe, expect, it } from 'vitest';
import type { FixNames } from '#diagnostics/causes/cause.ts';
import { causeOf, causes } from '#diagnostics/causes/index.ts';
import { fc } from '#test/property.ts';

const all = [...causes.values()];
const checks = [
  'stopped-tasks',
  'crash-log',
  'target-health',
  'revision-change',
  'task-definition',
  'service-events',
  'deployments',
  'image',
  'iam',
  'network',
  'health',
  'exec',
  'capacity',
  'addresses',
  'fargate-quota',
];

function fixText(id: string, names: FixNames): string {
  const fix = causeOf(id)?.fix(names);
  return [fix?.summary, fix?.terraform, fix?.cli].filter((part) => part !== undefined).join('\n');
}

describe('the catalogue', () => {
  it('holds every cause under its own id', () => {
    expect(causes.size).toBeGreaterThanOrEqual(194);
    expect([...causes].filter(([id, cause]) => cause.id !== id)).toEqual([]);
  });

  it.each(all)('tells $id in the voice of the product', (cause) => {
    expect(cause.id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    expect(cause.title.length).toBeLessThanOrEqual(45);
    expect(cause.title).not.toMatch(/[.!]$/);
    expect(cause.meaning).toMatch(/\.$/);
    expect(cause.confirm).toMatch(/\.$/);
    expect(cause.next.filter((id) => !checks.includes(id))).toEqual([]);
  });

  it('gives no title twice', () => {
    const titles = all.map(({ title }) => title);
    expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([]);
  });

  it.each(all)('fixes $id without any name, and never with a hole', ({ id }) => {
    const text = fixText(id, {});
    expect(text).not.toMatch(/undefined|null|\bNaN\b/);
    expect(causeOf(id)?.fix({}).summary).toMatch(/\.$/);
  });
});

describe('a fix', () => {
  it('fills in the names that are known', () => {
    const text = fixText('oom-container', {
      container: 'web',
      memory: '512',
      family: 'api',
      cluster: 'prod',
      service: 'api',
      region: 'eu-west-1',
    });
    expect(text).toContain('web');
    expect(text).toContain('1024');
    expect(text).toContain('--cluster prod --service api --region eu-west-1');
  });

  it('asks the registry of the image, wherever the task runs', () => {
    const image = '999999999999.dkr.ecr.us-west-2.amazonaws.com/team/app:1.4';
    const names = { image, region: 'eu-west-1', account: '111122223333', family: 'api' };
    expect(fixText('image-pull-failed-unclear', names)).toContain(
      '--registry-id 999999999999 --repository-name team/app --region us-west-2 --image-ids imageTag=1.4',
    );
    expect(fixText('image-ecr-permission', names)).toContain(
      '"arn:aws:ecr:us-west-2:999999999999:repository/team/app"',
    );
    expect(fixText('image-not-found', { ...names, image: 'nginx:1.27' })).not.toContain('aws ecr');
  });

  it('names the one security group of the tasks, and asks for it where there are several', () => {
    expect(fixText('elb-health-timeout', { taskSecurityGroup: 'sg-0a1b' })).toContain('--group-id sg-0a1b');
    expect(fixText('elb-health-timeout', {})).toContain('--group-id TASK_SECURITY_GROUP_ID');
  });

  it('makes no container larger than its task', () => {
    const names = { container: 'web', family: 'api', region: 'eu-west-1' };
    const sized = (memory: string, taskMemory: string) =>
      fixText('oom-container', { ...names, memory, taskMemory, cpu: '256' });
    expect(sized('512', '2048')).toContain('select(.name == "web")).memory = 1024');
    expect(sized('512', '2048')).not.toContain('.memory = "');
    // The whole task's memory may be no limit of the container's own.
    expect(sized('512', '512')).toContain('.memory = "1024" | ');
    expect(sized('512', '512')).toContain('| select(.memory)).memory = 1024');
    // Fargate has 4096 MiB only with more CPU.
    expect(sized('2048', '2048')).toContain('.cpu = "512" | .memory = "4096" | ');
  });

  it('grants exactly the action and resource that were refused', () => {
    const names = {
      action: 'secretsmanager:GetSecretValue',
      resource: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-AbCdEf',
      executionRoleArn: 'arn:aws:iam::111122223333:role/path/exec',
    };
    expect(causeOf('secret-permission-denied')?.fix(names).cli).toContain(
      `--policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["secretsmanager:GetSecretValue"],"Resource":"${names.resource}"}]}'`,
    );
  });

  it.each(["web'; rm -rf ~ #", '$(id)', '`id`', 'a b', '--force', 'a\nb', 'a"b', 'a;b'])(
    'leaves out the name %j, which a shell would read',
    (container) => {
      expect(fixText('oom-container', { container })).not.toContain(container);
    },
  );

  it('never carries a name that could end a quoted string', () => {
    const names = fc.record(
      Object.fromEntries(
        ['container', 'name', 'resource', 'action', 'cluster', 'service', 'image', 'host'].map((key) => [
          key,
          fc.string({ minLength: 1 }),
        ]),
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...all), names, ({ id }, given) => {
        const text = fixText(id, given);
        for (const value of Object.values(given))
          if (/['"`$\\;&|<>]/.test(value) && value.length > 3) expect(text).not.toContain(value);
      }),
    );
  });
});
