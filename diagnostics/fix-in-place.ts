import { partitionOf } from '#src/aws/partition.ts';
import type { Fix } from './report.ts';

/**
 * A fix as it can be pasted where the fault is: every command names its region, since the reader's own default is
 * seldom that of the fault; ARNs are of its partition; and names that Terraform does not take are no labels.
 */
export function inPlace(fix: Fix, region: string | undefined): Fix {
  const partition = region === undefined ? 'aws' : partitionOf(region);
  const local = (text: string) =>
    partition === 'aws' ? text : text.replaceAll('arn:aws:', `arn:${partition}:`);
  return {
    ...fix,
    summary: local(fix.summary),
    ...(fix.terraform !== undefined && { terraform: labelled(local(fix.terraform)) }),
    ...(fix.cli !== undefined && { cli: regional(local(fix.cli), region) }),
    ...(fix.policy !== undefined && { policy: local(fix.policy) }),
  };
}

/** Where a command of the AWS CLI begins: at the start of a line, behind a pipe, or within another command. */
const begins = /(?<=^|\| |\$\()(?=aws [a-z])/m;

/** The service, the operation, and what stands before the first option. */
const head = /^aws [a-z0-9-]+ [a-z0-9-]+(?: (?![-|>\\'"])[^\s)]+)*/;

/** Services that have no region of their own. */
const global = /^aws (?:iam|route53|configure) /;

/** Every command of a text with its region. */
export function regional(cli: string, region: string | undefined): string {
  if (region === undefined) return cli;
  return cli
    .split(begins)
    .map((command) =>
      global.test(command) || /\s--region[\s=]/.test(command)
        ? command
        : command.replace(head, (start) => `${start} --region ${region}`),
    )
    .join('');
}

/** A label begins with a letter or a line, and goes on with letters, figures, lines and dashes. */
function labelled(terraform: string): string {
  return terraform.replace(
    /^(resource "\w+" ")([^"]+)(")/gm,
    (_, before: string, name: string, after: string) => {
      const label = name.replace(/[^\w-]/g, '_').replace(/^(?=[^A-Za-z_])/, '_');
      return `${before}${label}${after}`;
    },
  );
}
