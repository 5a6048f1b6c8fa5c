import type { SecurityGroup } from '@aws-sdk/client-ec2';
import { defineFact } from '../fact.ts';
import { networkOf } from '../placement/compute.ts';
import { service } from './service.ts';

/** One set of security groups is one key, in whatever order it is named. */
export function asKey(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort();
}

/**
 * Security groups with their rules, by `asKey` of their ids. Asked by filter, since one deleted id fails a call by
 * ids: those that no longer exist are simply missing from the answer.
 */
export const securityGroups = defineFact<SecurityGroup[], readonly string[]>({
  id: 'security-groups',
  what: 'the rules of the security groups',
  actions: ['ec2:DescribeSecurityGroups'],
  async load({ aws }, ids) {
    if (ids.length === 0) return [];
    const answer = await aws.ec2.describeSecurityGroups({
      Filters: [{ Name: 'group-id', Values: [...ids] }],
    });
    return answer.SecurityGroups ?? [];
  },
});

export interface SecurityGroupIds {
  named: string[];
  /** Ids that the service names and that no longer exist. */
  missing: string[];
}

/** Whether the security groups of new tasks still exist. */
export const securityGroupIds = defineFact<SecurityGroupIds>({
  id: 'security-group-ids',
  what: 'the security groups of the service',
  actions: securityGroups.actions,
  async load({ read }) {
    const named = networkOf(await read(service)).groups;
    const found = (await read(securityGroups, asKey(named))).map(({ GroupId }) => GroupId);
    return { named, missing: named.filter((id) => !found.includes(id)) };
  },
});
