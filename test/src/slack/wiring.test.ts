import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { UsageError } from '#commands/command.ts';
import type { Environment } from '#src/config.ts';
import { slackDeps } from '#src/slack/wiring.ts';

const environment = (name: string, account: string, region: string): Environment => ({
  name,
  account,
  region,
  partition: 'aws',
  role: `arn:aws:iam::${account}:role/ecs-sleuth`,
  allow: 'everyone',
});
const deps = slackDeps(
  [
    environment('prod', '222222222222', 'us-east-1'),
    environment('prod-eu', '222222222222', 'eu-west-1'),
    environment('batch', '222222222222', 'us-east-1'),
    environment('dev', '333333333333', 'eu-central-1'),
  ],
  pino({ level: 'silent' }),
);
const open = (name: string, region?: string) => deps.session(name, { id: 'U0ADA' }, region).region;

describe('the region that a question names', () => {
  it.each([
    ['none', 'prod', undefined, 'us-east-1'],
    ["the environment's own", 'prod', 'us-east-1', 'us-east-1'],
    ['its own, where another environment of the account lies too', 'batch', 'us-east-1', 'us-east-1'],
    ['one in which the account has no environment', 'prod', 'us-west-2', 'us-west-2'],
    ["one in which another account's environment lies", 'prod', 'eu-central-1', 'eu-central-1'],
  ])('may be %s', (_what, name, region, expected) => {
    expect(open(name, region)).toBe(expected);
  });

  it('does not lead into another environment of the account, whoever may look there', () => {
    expect(() => open('prod', 'eu-west-1')).toThrow(UsageError);
    expect(() => open('prod', 'eu-west-1')).toThrow(/eu-west-1 of account 222222222222 belongs to another/);
  });

  it('does not lead out of the partition', () => {
    expect(() => open('prod', 'cn-north-1')).toThrow(/not a region of partition aws/);
  });
});
