import { defineFact } from '../../fact.ts';
import type { Topology } from '../../network/topology.ts';
import { asKey } from '../security-groups.ts';
import { origins } from './origins.ts';
import { topology } from './topology.ts';

/** The network around every place that the target calls from; undefined where it calls from none. */
export const surroundings = defineFact<Topology | undefined>({
  id: 'surroundings',
  what: topology.what,
  actions: topology.actions,
  async load({ read }) {
    const { placed } = await read(origins);
    if (placed.length === 0) return undefined;
    const subnets = asKey(placed.map(({ subnet }) => subnet));
    return read(topology, { subnets, groups: asKey(placed.flatMap(({ securityGroups }) => securityGroups)) });
  },
});
