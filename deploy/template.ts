import { stringify } from 'yaml';
import { type Feature, features } from './features.ts';
import { allow, deny, policyOf } from './policy.ts';

/** The actions that the trust policy allows to the bot's own role. */
const trusted = ['sts:AssumeRole', 'sts:SetSourceIdentity'];

/**
 * Lets the bot in with the external id, and only where it names the person who asks: CloudTrail then shows that name
 * on every call of the session.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
 */
export function trustPolicy(principal: unknown, externalId: unknown) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'EcsSleuthOnBehalfOfAPerson',
        Effect: 'Allow',
        Principal: { AWS: principal },
        Action: trusted,
        Condition: {
          StringEquals: { 'sts:ExternalId': externalId },
          StringLike: { 'sts:SourceIdentity': '?*' },
        },
      },
    ],
  };
}

/**
 * deploy/role.yaml: the role of one account, for a stack or for a StackSet over many. Nothing in it names an account,
 * a region or a partition.
 */
export function templatePage(): string {
  const optional = features().filter(({ name }) => name !== 'base');
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description:
      'The role through which ecs-sleuth reads one account. It changes nothing and reads no secret.',
    Metadata: { WrittenBy: 'npm run docs, from the actions that diagnostics/facts declare' },
    Parameters: {
      BotRoleArn: {
        Type: 'String',
        Description: 'ARN of the role that the bot itself runs as',
        AllowedPattern: '^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$',
      },
      ExternalId: {
        Type: 'String',
        Description: 'externalId of this environment in the accounts file',
        AllowedPattern: '^[A-Za-z0-9+=,.@:/_-]{2,1224}$',
        NoEcho: true,
      },
      RoleName: { Type: 'String', Default: 'ecs-sleuth', AllowedPattern: '^[A-Za-z0-9+=,.@_-]{1,64}$' },
      ...Object.fromEntries(optional.map((feature) => [parameterOf(feature), featureParameter(feature)])),
    },
    Conditions: Object.fromEntries(
      optional.map((feature) => [
        conditionOf(feature),
        { 'Fn::Equals': [{ Ref: parameterOf(feature) }, 'yes'] },
      ]),
    ),
    Resources: { Role: roleResource(optional) },
    Outputs: {
      RoleArn: {
        Description: 'For `role` of the environment in the accounts file',
        Value: { 'Fn::GetAtt': ['Role', 'Arn'] },
      },
    },
  };
  // CloudFormation reads YAML 1.1, to which an unquoted `yes` is a truth value and 2012-10-17 a date.
  return stringify(template, { version: '1.1', lineWidth: 110, aliasDuplicateObjects: false });
}

function roleResource(optional: readonly Feature[]) {
  const base = features().find(({ name }) => name === 'base');
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: { Ref: 'RoleName' },
      Description: 'Read by ecs-sleuth on behalf of the person named in the source identity',
      MaxSessionDuration: 3600,
      AssumeRolePolicyDocument: trustPolicy({ Ref: 'BotRoleArn' }, { Ref: 'ExternalId' }),
      Policies: [
        { PolicyName: 'deny', PolicyDocument: policyOf(deny()) },
        { PolicyName: 'base', PolicyDocument: policyOf(allow(base?.actions ?? [])) },
        ...optional.map((feature) => ({
          'Fn::If': [
            conditionOf(feature),
            { PolicyName: feature.name, PolicyDocument: policyOf(allow(feature.actions)) },
            { Ref: 'AWS::NoValue' },
          ],
        })),
      ],
    },
  };
}

function featureParameter({ name, summary }: Feature) {
  return {
    Type: 'String',
    Default: 'yes',
    AllowedValues: ['yes', 'no'],
    Description: `Whether the command ${name} may read what it needs. ${summary}`,
  };
}

/** Names of parameters and conditions take letters and digits alone. */
function parameterOf({ name }: Feature): string {
  return `Allow${name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}`;
}

function conditionOf(feature: Feature): string {
  return `${parameterOf(feature)}Is`;
}
