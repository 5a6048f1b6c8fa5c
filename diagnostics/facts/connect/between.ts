import { defineFact } from '../../fact.ts';
import type { Part, Topology } from '../../network/topology.ts';
import { networkOf } from '../../placement/compute.ts';
import { networkAcls } from '../network/ec2-lists.ts';
import { topology } from '../network/topology.ts';
import { partOf } from '../read.ts';
import { asKey, securityGroups } from '../security-groups.ts';
import { service } from '../service.ts';
import { subnetsById } from '../subnets.ts';
import { otherFronts, otherService } from './other-side.ts';

/** The network around both ends, and around the load balancers of the other one. */
export const between = defineFact<Topology>({
  id: 'between',
  what: 'the network between the two',
  actions: [...new Set([topology, otherService, otherFronts].flatMap(({ actions }) => actions))],
  async load({ read, settle }) {
    const [from, to] = await Promise.all([read(service), read(otherService)]);
    const [a, b] = [networkOf(from), networkOf(to)];
    const key = {
      subnets: asKey([...a.subnets, ...b.subnets]),
      groups: asKey([...a.groups, ...b.groups]),
    };
    const [around, fronts] = await Promise.all([read(topology, key), settle(otherFronts)]);
    const balancers = (fronts.ok ? fronts.value : []).flatMap((front) =>
      front.balancers.map(({ balancer }) => balancer),
    );
    if (balancers.length === 0) return around;
    const ids = asKey(
      balancers.flatMap(({ AvailabilityZones = [] }) =>
        AvailabilityZones.flatMap(({ SubnetId }) => SubnetId ?? []),
      ),
    );
    const [groups, subnets, acls] = await Promise.all([
      settle(securityGroups, asKey(balancers.flatMap(({ SecurityGroups }) => SecurityGroups ?? []))),
      settle(subnetsById, ids),
      settle(networkAcls, ids),
    ]);
    return {
      ...around,
      securityGroups: joined(around.securityGroups, partOf(securityGroups.what, groups)),
      subnets: joined(around.subnets, partOf(subnetsById.what, subnets)),
      networkAcls: joined(around.networkAcls, partOf(networkAcls.what, acls)),
    };
  },
});

/** What could not be read of the second is missing from the whole, and so not known. */
function joined<Item>(first: Part<readonly Item[]>, second: Part<readonly Item[]>): Part<readonly Item[]> {
  return first?.ok && second?.ok ? { ok: true, value: [...first.value, ...second.value] } : first;
}
