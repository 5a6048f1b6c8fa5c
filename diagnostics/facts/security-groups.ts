import { defineFact } from '../fact.ts';
import { networkOf } from '../placement/compute.ts';
import { service } from './service.ts';

export interface SecurityGroupIds {
  named: string[];
  /** Ids that the service names and that no longer exist. */
  missing: string[];
}

/** Whether the security groups of new tasks still exist. Asked by filter, since one deleted id fails a call by ids. */
export const securityGroupIds = defineFact<SecurityGroupIds>({
  id: 'security-group-ids',
  what: 'the security groups of the service',
  actions: ['ec2:DescribeSecurityGroups'],
  async load({ read, aws }) {
    const named = networkOf(await read(service)).groups;
    if (named.length === 0) return { named, missing: [] };
    const answer = await aws.ec2.describeSecurityGroups({ Filters: [{ Name: 'group-id', Values: named }] });
    const found = (answer.SecurityGroups ?? []).map(({ GroupId }) => GroupId);
    return { named, missing: named.filter((id) => !found.includes(id)) };
  },
});
