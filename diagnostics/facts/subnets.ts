import type { Subnet } from '@aws-sdk/client-ec2';
import { defineFact } from '../fact.ts';
import { networkOf } from '../placement/compute.ts';
import { asKey } from './security-groups.ts';
import { service } from './service.ts';

export interface Subnets {
  found: Subnet[];
  /** Ids that the service names and that no longer exist. */
  missing: string[];
}

/** Subnets by `asKey` of their ids. Asked by filter, since one deleted id fails a call by ids. */
export const subnetsById = defineFact<Subnet[], readonly string[]>({
  id: 'subnets-by-id',
  what: 'the subnets',
  actions: ['ec2:DescribeSubnets'],
  async load({ aws }, ids) {
    const answer = await aws.ec2.describeSubnets({ Filters: [{ Name: 'subnet-id', Values: [...ids] }] });
    return answer.Subnets ?? [];
  },
});

/** The subnets that new tasks of the service get. */
export const subnets = defineFact<Subnets>({
  id: 'subnets',
  what: 'the free addresses of the subnets',
  actions: subnetsById.actions,
  async load({ read }) {
    const ids = networkOf(await read(service)).subnets;
    if (ids.length === 0) return { found: [], missing: [] };
    const all = await read(subnetsById, asKey(ids));
    const found = ids.flatMap((id) => all.find(({ SubnetId }) => SubnetId === id) ?? []);
    return { found, missing: ids.filter((id) => !found.some(({ SubnetId }) => SubnetId === id)) };
  },
});
