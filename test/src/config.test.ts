import { describe, expect, it } from 'vitest';
import { loadConfig, loadEnvironments } from '#src/config.ts';
import { prod, socket, useAccountsFile } from './accounts-file.ts';

const { faultsOf, path, write } = useAccountsFile();

describe('the accounts file', () => {
  it('becomes environments, with the partition of their region', () => {
    const path = write(`
environments:
  prod:
    account: "222222222222"
    region: us-east-1
    role: arn:aws:iam::222222222222:role/team/ecs-sleuth
    externalId: \${EXTERNAL}
    clusters: [prod, prod-2]
    allow: { channels: [C0INCIDENTS], groups: [S0ONCALL0] }
  gov:
    account: "333333333333"
    region: us-gov-west-1
  china: { account: "044444444444", region: cn-north-1, allow: everyone }
`);
    expect(loadEnvironments({ ECS_SLEUTH_CONFIG: path, EXTERNAL: 'e-1' })).toEqual([
      {
        name: 'prod',
        account: '222222222222',
        region: 'us-east-1',
        partition: 'aws',
        role: 'arn:aws:iam::222222222222:role/team/ecs-sleuth',
        externalId: 'e-1',
        clusters: ['prod', 'prod-2'],
        allow: { channels: ['C0INCIDENTS'], groups: ['S0ONCALL0'] },
      },
      { name: 'gov', account: '333333333333', region: 'us-gov-west-1', partition: 'aws-us-gov' },
      {
        name: 'china',
        account: '044444444444',
        region: 'cn-north-1',
        partition: 'aws-cn',
        allow: 'everyone',
      },
    ]);
  });

  it('takes shared settings from an anchor', () => {
    const path = write(`
environments:
  a: &shared { account: "222222222222", region: us-east-1 }
  b: { <<: *shared, region: eu-west-1 }
`);
    expect(loadEnvironments({ ECS_SLEUTH_CONFIG: path })).toMatchObject([
      { name: 'a', region: 'us-east-1' },
      { name: 'b', account: '222222222222', region: 'eu-west-1' },
    ]);
  });

  it.each<[string, string, string]>([
    [
      'an account without quotes',
      'environments:\n  prod:\n    account: 022222222222\n    region: us-east-1',
      'accounts.yaml:3: environments.prod.account: is 022222222222 without quotes; expected the account id, twelve digits in quotes (else YAML takes it for a number and drops leading zeros)',
    ],
    [
      'an account of another length',
      prod.replace('222222222222', '2222'),
      'accounts.yaml:3: environments.prod.account: is "2222"; expected the account id, twelve digits in quotes (else YAML takes it for a number and drops leading zeros)',
    ],
    [
      'a missing region',
      'environments:\n  prod:\n    account: "222222222222"',
      'accounts.yaml:2: environments.prod.region: is missing; expected the name of a region, as in us-east-1',
    ],
    [
      'a region that is none',
      prod.replace('us-east-1', 'us-east1'),
      'accounts.yaml:4: environments.prod.region: is "us-east1"; expected the name of a region, as in us-east-1',
    ],
    [
      'a misspelt key',
      `${prod}    extrenalId: x`,
      'accounts.yaml:5: environments.prod.extrenalId: is not a known key (did you mean externalId); expected one of account, region, role, externalId, clusters, allow',
    ],
    [
      'a key like no other',
      `${prod}    colour: red`,
      'accounts.yaml:5: environments.prod.colour: is not a known key; expected one of account, region, role, externalId, clusters, allow',
    ],
    [
      'a misspelt top',
      'enviroments: {}',
      'accounts.yaml:1: enviroments: is not a known key (did you mean environments); expected one of environments',
    ],
    [
      'a role of another account',
      `${prod}    role: arn:aws:iam::333333333333:role/x`,
      'accounts.yaml:5: environments.prod.role: is a role of account 333333333333; expected a role of 222222222222, the account of prod',
    ],
    [
      'a role of another partition',
      `${prod}    role: arn:aws-cn:iam::222222222222:role/x`,
      'accounts.yaml:5: environments.prod.role: is in partition aws-cn; expected partition aws, in which us-east-1 lies',
    ],
    [
      'the ARN of a session',
      `${prod}    role: arn:aws:sts::222222222222:assumed-role/x/y`,
      'accounts.yaml:5: environments.prod.role: is "arn:aws:sts::222222222222:assumed-role/x/y"; expected the ARN of an IAM role, as in arn:aws:iam::222222222222:role/ecs-sleuth',
    ],
    [
      'an external id for no role',
      `${prod}    externalId: abc`,
      'accounts.yaml:5: environments.prod.externalId: has no role that it could be for; expected a role beside it',
    ],
    [
      'a variable that is not set',
      `${prod}    role: arn:aws:iam::222222222222:role/x\n    externalId: \${EXTERNAL_ID}`,
      `accounts.yaml:6: environments.prod.externalId: \${EXTERNAL_ID} is not set; expected an environment variable of that name, or a line of it in .env`,
    ],
    [
      'a list of nothing',
      `${prod}    clusters: []`,
      'accounts.yaml:5: environments.prod.clusters: is an empty list; expected a list of cluster names (names, not ARNs)',
    ],
    [
      'the ARN of a cluster',
      `${prod}    clusters: [arn:aws:ecs:us-east-1:222222222222:cluster/prod]`,
      'accounts.yaml:5: environments.prod.clusters.0: is "arn:aws:ecs:us-east-1:222222222222:cluster/prod"; expected a list of cluster names (names, not ARNs)',
    ],
    [
      'the name of a channel',
      `${prod}    allow: { channels: ["#incidents"] }`,
      'accounts.yaml:5: environments.prod.allow.channels.0: is "#incidents"; expected a list of channel ids, as in C0123ABCDEF (at the end of the channel\'s details in Slack)',
    ],
    [
      'a misspelt list',
      `${prod}    allow: { chanels: [C0INCIDENTS] }`,
      'accounts.yaml:5: environments.prod.allow.chanels: is not a known key (did you mean channels); expected one of channels, groups',
    ],
    [
      'an allow with nobody in it',
      `${prod}    allow: {}`,
      'accounts.yaml:5: environments.prod.allow: is empty; expected everyone, or channels or groups or both',
    ],
    [
      'an allow in other words',
      `${prod}    allow: all`,
      'accounts.yaml:5: environments.prod.allow: is "all"; expected everyone, or channels or groups or both',
    ],
    [
      'no environments',
      'environments: {}',
      'accounts.yaml:1: environments: is empty; expected at least one environment, a name with account and region under it',
    ],
    [
      'an empty file',
      '',
      'accounts.yaml: is empty; expected at least one environment, a name with account and region under it',
    ],
    [
      'an environment of nothing',
      'environments:\n  prod:',
      'accounts.yaml:2: environments.prod: is empty; expected a map with account and region',
    ],
    [
      'a name that cannot be typed',
      prod.replace('prod:', '"my prod":'),
      'accounts.yaml:2: environments.my prod: is no name for an environment; expected a name of letters, digits and ._- that can be typed in Slack',
    ],
    [
      'two names in different case',
      `${prod}  Prod: { account: "222222222222", region: us-east-1 }`,
      'accounts.yaml:5: environments.Prod: differs from prod only in upper and lower case; expected names that nobody mixes up',
    ],
    [
      'broken YAML',
      'environments:\n  prod: {account: "222222222222"\n',
      'accounts.yaml:3: is not YAML: Flow map in block collection must be sufficiently indented and end with a }; expected YAML as in accounts.example.yaml',
    ],
    [
      'a key twice',
      `${prod}    region: us-east-1`,
      'accounts.yaml:5: is not YAML: Map keys must be unique; expected YAML as in accounts.example.yaml',
    ],
  ])('with %s is refused in one line', (_name, text, line) => {
    expect(faultsOf(() => loadEnvironments({ ECS_SLEUTH_CONFIG: write(text) }))).toEqual([line]);
  });

  it('that is not there is named, with what to do', () => {
    expect(faultsOf(() => loadEnvironments({ ECS_SLEUTH_CONFIG: path('none.yaml') }))).toEqual([
      'none.yaml: does not exist; expected the accounts file: copy accounts.example.yaml there, or name another file in ECS_SLEUTH_CONFIG',
    ]);
  });

  it('has all its faults told at once', () => {
    const path = write('environments:\n  a: { region: x }\n  b: { account: 1, region: us-east-1, foo: 1 }\n');
    expect(faultsOf(() => loadEnvironments({ ECS_SLEUTH_CONFIG: path }))).toHaveLength(4);
  });

  it('never has a secret printed, not even a wrong one', () => {
    const role = '    role: arn:aws:iam::222222222222:role/x\n';
    for (const value of ['"s3 cret"', `\${EXTERNAL}`]) {
      const path = write(`${prod}${role}    externalId: ${value}\n`);
      const [line = ''] = faultsOf(() => loadEnvironments({ ECS_SLEUTH_CONFIG: path, EXTERNAL: 's3 cret' }));
      expect(line).toContain('accounts.yaml:6: environments.prod.externalId');
      expect(line).not.toContain('s3 cret');
    }
  });

  it('needs to say who may look for the bot, not for the command line', () => {
    const path = write(prod);
    expect(loadEnvironments({ ECS_SLEUTH_CONFIG: path })).toHaveLength(1);
    expect(faultsOf(() => loadConfig({ ...socket, ECS_SLEUTH_CONFIG: path }))).toEqual([
      'accounts.yaml:2: environments.prod.allow: is missing; expected everyone, or the channels and groups that may look, since Slack is full of people',
    ]);
  });

  it('gives nobody a way around the clusters that others may look at', () => {
    const two = (open: string) => `environments:
  all: { account: "222222222222", region: us-east-1, allow: ${open} }
  pay: { account: "222222222222", region: us-east-1, clusters: [pay], allow: { channels: [C0PAYMENTS] } }
`;
    const load = (open: string) => loadConfig({ ...socket, ECS_SLEUTH_CONFIG: write(two(open)) });
    expect(faultsOf(() => load('everyone'))).toEqual([
      'accounts.yaml:2: environments.all: reaches the clusters of pay, at which others may look; expected clusters, the list of its own',
    ]);
    expect(load('{ channels: [C0PAYMENTS] }').environments).toHaveLength(2);
  });

  it('comes with an example that is right', () => {
    const variables = {
      ...socket,
      ECS_SLEUTH_CONFIG: 'accounts.example.yaml',
      ECS_SLEUTH_EXTERNAL_ID: 'abc',
    };
    expect(loadConfig(variables).environments.map(({ name }) => name)).toEqual(['prod', 'dev']);
  });
});
