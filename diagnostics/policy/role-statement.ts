import { createHash } from 'node:crypto';
import type { Fix } from '../report.ts';

/** Condition operators with their keys and values. */
export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** What a role is to be allowed: actions on one resource, or the same actions on several. */
export interface Allowance {
  actions: readonly string[];
  resource: string | readonly string[];
  condition?: ConditionBlock | undefined;
}

type RoleFix = Required<Pick<Fix, 'policy' | 'terraform' | 'cli'>>;

/** What a role lacks, as one inline policy: IAM JSON, Terraform and a command. One allowance shows its statement alone. */
export function rolePolicy(role: string, allowances: readonly Allowance[]): RoleFix {
  const statements = allowances.map(statementOf);
  const [only] = statements;
  const whole = { Version: '2012-10-17', Statement: statements };
  const document = JSON.stringify(whole);
  const name = policyName(role, allowances, document);
  const shown = statements.length === 1 && only ? only : whole;
  const list =
    statements.length === 1
      ? `[${hclOf(only)}]`
      : `[\n${statements.map((statement) => `      ${hclOf(statement)},`).join('\n')}\n    ]`;
  return {
    policy: JSON.stringify(shown, null, 2),
    terraform: `resource "aws_iam_role_policy" ${hcl(name.replaceAll('-', '_'))} {
  role = ${hcl(role)}
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = ${list}
  })
}`,
    cli: `aws iam put-role-policy --role-name ${role} --policy-name ${name} --policy-document ${quoted(document)}`,
  };
}

function statementOf({ actions, resource, condition }: Allowance) {
  return { Effect: 'Allow', Action: actions, Resource: resource, ...(condition && { Condition: condition }) };
}

/**
 * PutRolePolicy replaces an inline policy of the same name, and what an earlier fix has allowed would go with it: the
 * name stands for the very document. Where the role itself is left to fill in, there is nothing to replace yet.
 */
function policyName(role: string, allowances: readonly Allowance[], document: string): string {
  if (/^[A-Z_]+$/.test(role)) return 'ecs-access';
  const services = new Set(
    allowances.flatMap(({ actions }) => actions.map((action) => action.split(':')[0])),
  );
  const mark = createHash('sha256').update(document).digest('hex').slice(0, 6);
  return ['ecs', ...[...services].slice(0, 4), mark].join('-');
}

/** A value in Terraform's own words, in one line. */
export function hclOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(hclOf).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return hcl(String(value));
  const members = Object.entries(value).map(
    ([key, member]) => `${/^\w+$/.test(key) ? key : hcl(key)} = ${hclOf(member)}`,
  );
  return `{ ${members.join(', ')} }`;
}

/** Terraform reads `${…}` and `%{…}` in a text as its own. */
function hcl(text: string): string {
  return JSON.stringify(text).replace(/[$%](?=\{)/g, '$&$&');
}

/** For a shell. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
