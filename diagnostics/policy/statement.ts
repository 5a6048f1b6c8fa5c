import type { Fix } from '../report.ts';

export type StatementFix = Pick<Fix, 'policy' | 'terraform' | 'cli' | 'console'>;

/** The statement that a role lacks: as IAM JSON, Terraform, a command, and the role's page in the console. */
export function missingStatement(_wanted: {
  roleArn: string;
  actions: readonly string[];
  resources: readonly string[];
  condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}): StatementFix {
  return {};
}

/** The statement that a key policy lacks. */
export function keyPolicyStatement(_wanted: {
  keyArn: string;
  principalArn: string;
  actions: readonly string[];
}): StatementFix {
  return {};
}

/** The statement that the policy of an ECR repository lacks. */
export function repositoryPolicyStatement(_wanted: {
  repositoryArn: string;
  principalArn: string;
  actions: readonly string[];
}): StatementFix {
  return {};
}
