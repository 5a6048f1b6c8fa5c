import type { Subnet } from '@aws-sdk/client-ec2';
import { defineFact } from '../fact.ts';
import { networkOf } from '../placement/compute.ts';
import { service } from './service.ts';

export interface Subnets {
  found: Subnet[];
  /** Ids that the service names and that no longer exist. */
  missing: string[];
}

/** The subnets that new tasks of the service get. Asked by filter, since one deleted id fails a call by ids. */
export const subnets = defineFact<Subnets>({
  id: 'subnets',
  what: 'the free addresses of the subnets',
  actions: ['ec2:DescribeSubnets'],
  async load({ read, aws }) {
    const ids = networkOf(await read(service)).subnets;
    if (ids.length === 0) return { found: [], missing: [] };
    const answer = await aws.ec2.describeSubnets({ Filters: [{ Name: 'subnet-id', Values: ids }] });
    const found = answer.Subnets ?? [];
    return { found, missing: ids.filter((id) => !found.some(({ SubnetId }) => SubnetId === id)) };
  },
});
