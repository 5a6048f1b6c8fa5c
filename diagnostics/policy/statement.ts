import { consoleIn, globalConsole } from '../console-hosts.ts';
import type { Fix } from '../report.ts';
import { type Allowance, type ConditionBlock, hclOf, quoted, rolePolicy } from './role-statement.ts';

export type StatementFix = Pick<Fix, 'policy' | 'terraform' | 'cli' | 'console'>;

/**
 * What a role lacks: as IAM JSON, Terraform with the real role name, a command, and the role's page in the console.
 * Names no more than what is asked for.
 */
export function missingStatements(roleArn: string, allowances: readonly Allowance[]): StatementFix {
  return {
    ...rolePolicy(roleArn.split('/').at(-1) ?? roleArn, allowances),
    console: roleConsole(roleArn),
  };
}

/** The role's page in the console of its partition; undefined for a partition whose console is not known. */
export function roleConsole(roleArn: string): string | undefined {
  const [, partition = '', name = ''] =
    /^arn:([^:]+):iam::\d{12}:role\/(?:.*\/)?([^/]+)$/.exec(roleArn) ?? [];
  const base = globalConsole(partition);
  return base && `${base}/iam/home#/roles/details/${encodeURIComponent(name)}`;
}

interface ResourceStatement {
  principalArn: string;
  actions: readonly string[];
  condition?: ConditionBlock;
}

/** A statement of a resource's own policy. Statements of key and repository policies are about their resource. */
function resourceStatement({ principalArn, actions, condition }: ResourceStatement, resource?: string) {
  return {
    Effect: 'Allow',
    Principal: { AWS: principalArn },
    Action: actions,
    ...(resource !== undefined && { Resource: resource }),
    ...(condition && { Condition: condition }),
  };
}

/**
 * The statement that a key policy lacks. PutKeyPolicy replaces the whole document, and a key that nobody may manage
 * any more is lost, so the command begins with reading what is there.
 */
export function keyPolicyStatement(wanted: ResourceStatement & { keyArn: string }): StatementFix {
  const { keyArn } = wanted;
  const statement = resourceStatement(wanted, '*');
  const [region, base] = placeOf(keyArn);
  return {
    policy: JSON.stringify(statement, null, 2),
    terraform: `# one more element of Statement in the key's policy (aws_kms_key or aws_kms_key_policy)\n${hclOf(statement)}`,
    cli: [
      `aws kms get-key-policy --key-id ${keyArn} --policy-name default --region ${region} --query Policy --output text \\`,
      `  | jq ${quoted(`.Statement += [${JSON.stringify(statement)}]`)} > key-policy.json`,
      `aws kms put-key-policy --key-id ${keyArn} --policy-name default --region ${region} --policy file://key-policy.json`,
    ].join('\n'),
    console: base && `${base}/kms/home?region=${region}#/kms/keys/${keyArn.split('/').at(-1)}`,
  };
}

/** The statement that the policy of an ECR repository lacks; where it has none yet, the statement is all of it. */
export function repositoryPolicyStatement(
  wanted: ResourceStatement & { repositoryArn: string; hasPolicy?: boolean },
): StatementFix {
  const { repositoryArn, hasPolicy = true } = wanted;
  const statement = resourceStatement(wanted);
  const [region, base, account] = placeOf(repositoryArn);
  const name = repositoryArn.split(':repository/').at(-1) ?? '';
  const repository = `--registry-id ${account} --repository-name ${name} --region ${region}`;
  const document = { Version: '2012-10-17', Statement: [statement] };
  return {
    policy: JSON.stringify(statement, null, 2),
    terraform: hasPolicy
      ? `# one more element of Statement in the aws_ecr_repository_policy of ${name}\n${hclOf(statement)}`
      : `resource "aws_ecr_repository_policy" "ecs_pull" {
  repository = "${name}"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [${hclOf(statement)}]
  })
}`,
    cli: hasPolicy
      ? [
          `aws ecr get-repository-policy ${repository} --query policyText --output text \\`,
          `  | jq ${quoted(`.Statement += [${JSON.stringify(statement)}]`)} > repository-policy.json`,
          `aws ecr set-repository-policy ${repository} --policy-text file://repository-policy.json`,
        ].join('\n')
      : `aws ecr set-repository-policy ${repository} --policy-text ${quoted(JSON.stringify(document))}`,
    console:
      base &&
      `${base}/ecr/repositories/private/${account}/${encodeURIComponent(name)}/permissions?region=${region}`,
  };
}

function placeOf(arn: string): [region: string, console: string | undefined, account: string] {
  const [, , , region = '', account = ''] = arn.split(':');
  return [region, consoleIn(region), account];
}
