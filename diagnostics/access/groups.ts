import type { Home } from '../secret-references/value-from.ts';
import { accountIn, type Right } from './right.ts';

/** Rights that one simulation answers together: every action of it on every resource. */
export interface RightGroup {
  roleArn: string;
  rights: Right[];
  actions: string[];
  resources: string[];
  context: Record<string, string>;
}

/** Groups rights by role, kind and region, so that a role with five secrets is asked about once. */
export function groupsOf(
  rights: readonly Right[],
  home: Home,
  roleArn: (right: Right) => string,
): RightGroup[] {
  const groups = new Map<string, Right[]>();
  for (const right of rights) {
    const alone = right.kind === 'key' || right.kind === 'call' ? right.resource : '';
    const key = JSON.stringify([
      right.role,
      roleArn(right),
      right.kind,
      regionOf(right, home),
      alone,
      alone && right.action,
      alone && right.context,
    ]);
    groups.set(key, [...(groups.get(key) ?? []), right]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    return [
      {
        roleArn: roleArn(first),
        rights: group,
        actions: [...new Set(group.map(({ action }) => action))],
        resources: [...new Set(group.map(({ resource }) => resource))],
        context: { ...commonContext(group, home, roleArn(first)), ...shared(group) },
      },
    ];
  });
}

/**
 * Condition keys whose values are known of every such call. A key that is left out is one that IAM then says it
 * misses; a wrong value would be a wrong answer.
 */
export function commonContext(group: readonly Right[], home: Home, roleArn: string): Record<string, string> {
  const [first] = group;
  const region = first ? regionOf(first, home) : home.region;
  const owners = new Set(group.map(({ resource, owner }) => owner ?? accountIn(resource)));
  const [owner] = owners;
  return {
    ...callContext(roleArn, region),
    ...(owners.size === 1 && owner && { 'aws:ResourceAccount': owner }),
  };
}

/** What is known of every call that a role makes in a region. */
export function callContext(roleArn: string, region: string): Record<string, string> {
  return {
    'aws:PrincipalArn': roleArn,
    'aws:PrincipalAccount': accountIn(roleArn),
    'aws:PrincipalType': 'AssumedRole',
    'aws:SecureTransport': 'true',
    'aws:RequestedRegion': region,
  };
}

function regionOf({ resource, context }: Right, home: Home): string {
  return context['aws:RequestedRegion'] ?? (resource.split(':')[3] || home.region);
}

/** What all rights of a group have in common: a value that only one of them has would decide for the others. */
function shared(group: readonly Right[]): Record<string, string> {
  const [first, ...rest] = group;
  const entries = Object.entries(first?.context ?? {});
  return Object.fromEntries(
    entries.filter(([key, value]) => rest.every(({ context }) => context[key] === value)),
  );
}
