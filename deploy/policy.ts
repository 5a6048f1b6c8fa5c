import { allActions } from './features.ts';

export interface Statement {
  Sid: string;
  Effect: 'Allow' | 'Deny';
  Action?: readonly string[];
  NotAction?: readonly string[];
  Resource: '*';
}

export interface Policy {
  Version: '2012-10-17';
  Statement: readonly Statement[];
}

/**
 * Ways to a secret's value, to a customer's data in the clear, and into a task. None is ever called; they are denied
 * by name, so that whoever reads the policy need not take that on trust.
 */
const secretReading = [
  'ecr:GetAuthorizationToken',
  'ecs:ExecuteCommand',
  'kms:Decrypt',
  'kms:GenerateDataKey*',
  'kms:ReEncrypt*',
  'logs:Unmask',
  's3:GetObject*',
  'secretsmanager:BatchGetSecretValue',
  'secretsmanager:GetSecretValue',
  'ssm:GetParameter*',
];

/** Statements that allow these actions, one for each AWS service. */
export function allow(actions: readonly string[]): Statement[] {
  const prefixes = [...new Set(actions.map(prefixOf))];
  return prefixes.map((prefix) => ({
    Sid: sid(prefix),
    Effect: 'Allow',
    Action: actions.filter((action) => prefixOf(action) === prefix),
    Resource: '*',
  }));
}

/**
 * What holds whatever else is attached to the role: no secret is read, and nothing but the reads that some feature
 * needs is done. An explicit deny wins over every allow.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function deny(): Statement[] {
  return [
    { Sid: 'DenySecrets', Effect: 'Deny', Action: secretReading, Resource: '*' },
    { Sid: 'DenyAllElse', Effect: 'Deny', NotAction: allActions(), Resource: '*' },
  ];
}

export function policyOf(statements: readonly Statement[]): Policy {
  return { Version: '2012-10-17', Statement: statements };
}

/** A statement's id takes letters and digits alone. */
function sid(prefix: string): string {
  return `Read${prefix.split('-').map(capital).join('')}`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function prefixOf(action: string): string {
  return action.slice(0, action.indexOf(':'));
}
