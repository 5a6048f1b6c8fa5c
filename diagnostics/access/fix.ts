import { hclOf, quoted } from '../policy/role-statement.ts';
import { missingStatement, roleConsole, type StatementFix } from '../policy/statement.ts';
import type { Right } from './right.ts';

interface Statement {
  Effect: 'Allow';
  Action: string[];
  Resource: string[];
  Condition?: Record<string, Record<string, string>>;
}

/**
 * All that a role lacks as one policy: JSON, Terraform, a command, and the role's page in the console. Least
 * privilege: the very resources, and a key only through the service that holds the secret.
 */
export function rightsFix(roleArn: string, rights: readonly Right[]): StatementFix {
  const statements = statementsOf(rights);
  const [only, ...more] = statements;
  if (only && more.length === 0) {
    const { Action: actions, Resource: resources, Condition: condition } = only;
    return missingStatement({ roleArn, actions, resources, ...(condition && { condition }) });
  }
  const role = roleArn.split('/').at(-1) ?? roleArn;
  const document = { Version: '2012-10-17', Statement: statements };
  return {
    policy: JSON.stringify(document, null, 2),
    terraform: [
      'resource "aws_iam_role_policy" "ecs_access" {',
      `  role = "${role}"`,
      '  policy = jsonencode({',
      '    Version = "2012-10-17"',
      '    Statement = [',
      ...statements.map((statement) => `      ${hclOf(statement)},`),
      '    ]',
      '  })',
      '}',
    ].join('\n'),
    cli: `aws iam put-role-policy --role-name ${role} --policy-name ecs-access --policy-document ${quoted(JSON.stringify(document))}`,
    console: roleConsole(roleArn),
  };
}

/** Actions on the same resources under the same condition are one statement, and so are resources of the same actions. */
export function statementsOf(rights: readonly Right[]): Statement[] {
  const byResource = grouped(rights, (right) => JSON.stringify([resourceOf(right), conditionOf(right)]));
  const statements = byResource.flatMap((group): Statement[] => {
    const [first] = group;
    if (!first) return [];
    const condition = conditionOf(first);
    return [
      {
        Effect: 'Allow',
        Action: distinct(group.map(({ action }) => action)),
        Resource: [resourceOf(first)],
        ...(condition && { Condition: condition }),
      },
    ];
  });
  return grouped(statements, ({ Action, Condition }) => JSON.stringify([Action, Condition])).flatMap(
    (group) => {
      const [first] = group;
      return first ? [{ ...first, Resource: distinct(group.flatMap(({ Resource }) => Resource)) }] : [];
    },
  );
}

/** What a policy names: all streams of the log group rather than the one that stood for them. */
function resourceOf({ kind, resource }: Right): string {
  if (kind !== 'stream' && kind !== 'group') return resource;
  return resource.replace(/:log-stream:.*$/, ':*');
}

function conditionOf({ kind, context }: Right): Statement['Condition'] {
  const via = context['kms:ViaService'];
  return kind === 'key' && via !== undefined ? { StringEquals: { 'kms:ViaService': via } } : undefined;
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function grouped<Item>(items: readonly Item[], key: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups.values()];
}
