import { describe, expect, it } from 'vitest';
import { execDetails } from '#diagnostics/checks/exec/details.ts';
import { sessionNeeds } from '#diagnostics/checks/exec/session-needs.ts';
import { context, running } from '../facts.ts';

const settings = {
  kmsKeyId: 'arn:aws:kms:us-east-1:222222222222:key/1',
  logging: 'OVERRIDE',
  logConfiguration: { cloudWatchLogGroupName: '/exec', s3BucketName: 'sessions' },
} as const;

describe('what a session has to reach beside Session Manager', () => {
  const home = { region: 'us-east-1', account: '222222222222', partition: 'aws' };
  it.each([
    ['nothing, where the cluster says nothing', {}, []],
    ['what the cluster encrypts and keeps it with', settings, ['KMS', 'CloudWatch Logs', 'S3']],
    ['no place for logs that are switched off', { ...settings, logging: 'NONE' } as const, ['KMS']],
  ])('%s', (_, given, expected) => {
    expect(sessionNeeds(given, home).map(({ label }) => label)).toEqual(expected);
  });
});

describe('what the caller is told', () => {
  const { clusterArn, taskArn } = {
    clusterArn: 'arn:c',
    taskArn: 'arn:aws:ecs:us-east-1:222222222222:task/prod/3f2a',
  };
  const told = (more: object = {}, cluster: object = {}) =>
    execDetails(
      [],
      {
        target: context.target,
        now: context.scope.now,
        container: 'app',
        task: running({ clusterArn, taskArn, containers: [{ name: 'app' }, { name: 'proxy' }], ...more }),
      },
      1,
      cluster,
    );

  it('are both ARNs, the condition keys and the way that stays open', () => {
    const { caller } = told({}, settings);
    for (const part of [clusterArn, taskArn, settings.kmsKeyId, 'ecs:container-name', 'ssm:StartSession'])
      expect(caller).toContain(part);
  });

  it('names what cannot be seen from outside', () => {
    const unseen = told({}, settings).unseen.join('; ');
    expect(unseen).toMatch(/plugin, profile, region and clock.*quota of sessions/);
    expect(unseen).toContain('proxy');
    expect(unseen).toContain('the bucket sessions');
  });

  it('is a shell that Windows has', () => {
    const { command, unseen } = told({ platformFamily: 'Windows_Server_2022_Core' });
    expect(command).toContain('--command powershell.exe');
    expect(unseen[0]).toContain('Nano Server');
  });
});
