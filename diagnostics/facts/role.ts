import { defineFact, FactFailure } from '../fact.ts';

/** A role as IAM knows it. */
export type RoleFact =
  /** No role of that name exists. */
  | { missing: true; name: string }
  | {
      missing: false;
      name: string;
      arn: string;
      /** `AROA…`; another one after the role was deleted and made anew. */
      id: string;
      /** The trust policy as JSON text. */
      trust: string;
      tags: Record<string, string>;
      boundaryArn?: string;
      createdAt?: Date;
    };

/**
 * A role by its ARN or name; one that does not exist is an answer. IAM finds it by the name alone, so its `arn` may
 * have another path than the one that was asked for, which is then no role's ARN.
 * @throws FactFailure for a role of another account
 */
export const role = defineFact<RoleFact, string>({
  id: 'role',
  what: 'the role',
  actions: ['iam:GetRole'],
  async load({ aws, target }, nameOrArn) {
    const account = /^arn:[^:]+:iam::(\d{12}):/.exec(nameOrArn)?.[1];
    // GetRole takes names alone, and would answer with a namesake of the own account.
    if (account !== undefined && target.account !== undefined && account !== target.account)
      throw new FactFailure(`${nameOrArn} belongs to another account, whose roles are not read`, 'Failed');
    const name = nameOrArn.split('/').at(-1) ?? nameOrArn;
    try {
      const { Role } = await aws.iam.getRole({ RoleName: name });
      return {
        missing: false,
        name,
        arn: Role?.Arn ?? nameOrArn,
        id: Role?.RoleId ?? '',
        trust: decoded(Role?.AssumeRolePolicyDocument ?? ''),
        tags: Object.fromEntries((Role?.Tags ?? []).map(({ Key, Value }) => [Key, Value ?? ''])),
        boundaryArn: Role?.PermissionsBoundary?.PermissionsBoundaryArn,
        createdAt: Role?.CreateDate,
      };
    } catch (error) {
      if (error instanceof Error && error.name.startsWith('NoSuchEntity')) return { missing: true, name };
      throw error;
    }
  },
});

/** Whether IAM answered with a role of another path: it finds roles by their names, and ECS by the whole ARN. */
export function isNamesake({ arn }: { arn: string }, asked: string): boolean {
  return asked.startsWith('arn:') && arn !== asked;
}

/** IAM answers with the document URL-encoded, RFC 3986. */
function decoded(document: string): string {
  try {
    return decodeURIComponent(document);
  } catch {
    return document;
  }
}
