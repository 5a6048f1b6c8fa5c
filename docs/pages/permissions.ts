import { commands } from '#commands/index.ts';
import { checks } from '#diagnostics/checks/index.ts';
import { lookupActions } from '#diagnostics/doctor.ts';
import { allActions, features } from '../../deploy/features.ts';
import { trustPolicy } from '../../deploy/template.ts';
import { formatJson } from '../json.ts';
import { code, fence, page, table } from '../markdown.ts';

/** docs/permissions.md */
export function permissionsPage(): string {
  return page('Permissions', 'diagnostics/facts/ and diagnostics/doctor.ts', [
    'The bot calls AWS through one role per environment and only reads. A right that is missing costs what depends on it, and the answer says so: `not checked: needs logs:GetLogEvents`. `/ecs doctor` (or `npx ecs-sleuth doctor`) tries every action in every environment and names those that are refused.',
    '## What the role allows',
    '[deploy/policy.json](../deploy/policy.json) is everything. To grant less, give the role only some of these; what is left out becomes `not checked` in the answers that would need it:',
    table(
      ['Policy', 'For', 'Actions'],
      features().map(({ name, summary, actions }) => [
        `[${name}](../deploy/policies/${name}.json)`,
        summary,
        String(actions.length),
      ]),
    ),
    'No action in them changes anything or reads a secret. Two statements deny the reading of secrets by name and everything that no feature needs, whatever else is attached to the role. Task definitions do hold environment variables; the bot never shows their values. The statement `ReadLogs` may be narrowed to the log groups of your services and `/aws/events/ecs/containerinsights/*`; `doctor` asks for `/ecs/ecs-sleuth-doctor`, so include that name for a complete answer.',
    '## What needs which action',
    table(['Action', 'Read for', 'Commands'], allActions().map(row)),
    '## Who may assume the role',
    'The trust policy names the role that the bot itself runs as, asks for the external id of the accounts file, and allows `sts:SetSourceIdentity`: every session carries the name of the person who asked, and CloudTrail shows it on every call.',
    fence('json', formatJson(trust).trimEnd()),
    'The role that the bot runs as needs nothing but the right to assume these roles:',
    fence('json', formatJson(own).trimEnd()),
    '## Setting it up',
    '[deploy/](../deploy/README.md) has the role as a CloudFormation template, for one account or for a whole organization. By hand, with the trust policy above in `trust.json` and credentials of the account to be looked at:',
    fence(
      'sh',
      [
        'aws iam create-role --role-name ecs-sleuth --assume-role-policy-document file://trust.json',
        'aws iam put-role-policy --role-name ecs-sleuth --policy-name read-only --policy-document file://deploy/policy.json',
      ].join('\n'),
    ),
    'In the partitions `aws-cn` and `aws-us-gov` the ARNs begin with `arn:aws-cn` and `arn:aws-us-gov`.',
  ]);
}

function row(action: string): string[] {
  const readers = checks.filter((check) =>
    [...Object.values(check.needs), ...Object.values(check.wants)].some((fact) =>
      fact.actions.includes(action),
    ),
  );
  const names = [...commands.values()]
    .filter((command) => command.checks?.some((id) => readers.some((check) => check.id === id)))
    .map(({ name }) => code(name));
  const isLookup = lookupActions.includes(action);
  const purposes = [
    ...readers.map(({ id }) => `[${code(id)}](checks.md#${id})`),
    ...(isLookup ? ['finding a service by part of its name'] : []),
  ];
  return [code(action), purposes.join(', '), isLookup ? 'all' : names.join(', ') || 'as a further check'];
}

const trust = trustPolicy('arn:aws:iam::111111111111:role/ecs-sleuth-bot', 'EXTERNAL_ID');

const own = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
      Resource: ['arn:aws:iam::222222222222:role/ecs-sleuth', 'arn:aws:iam::333333333333:role/ecs-sleuth'],
    },
  ],
};
