import type { Fix } from '../report.ts';

/** Condition operators with their keys and values. */
export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export interface RoleStatement {
  /** The role's name. */
  role: string;
  /** The inline policy that is to hold the statement: one of the same name would be replaced. */
  name: string;
  actions: readonly string[];
  /** One, or several that the same actions are allowed on. */
  resource: string | readonly string[];
  condition?: ConditionBlock | undefined;
}

/** One more statement for a role: as IAM JSON, in Terraform and as a command. */
export function roleStatement(wanted: RoleStatement): Required<Pick<Fix, 'policy' | 'terraform' | 'cli'>> {
  const { role, name, actions, resource, condition } = wanted;
  const statement = {
    Effect: 'Allow',
    Action: actions,
    Resource: resource,
    ...(condition && { Condition: condition }),
  };
  const document = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  return {
    policy: JSON.stringify(statement, null, 2),
    terraform: `resource "aws_iam_role_policy" ${hcl(name.replaceAll('-', '_'))} {
  role = ${hcl(role)}
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [${hclOf(statement)}]
  })
}`,
    cli: `aws iam put-role-policy --role-name ${role} --policy-name ${name} --policy-document ${quoted(document)}`,
  };
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
