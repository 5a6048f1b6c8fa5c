import type { Line } from '../../network/survey.ts';
import type { Topology } from '../../network/topology.ts';
import type { Network } from '../../network-details.ts';
import { throughOf } from './through.ts';

export function networkDetails(lines: readonly Line[], { subnets }: Topology): Network {
  const ids = [...new Set(lines.map(({ place }) => place.subnet))];
  return {
    subnets: ids.map((subnet) => {
      const found = subnets?.ok ? subnets.value.find(({ SubnetId }) => SubnetId === subnet) : undefined;
      const name = found?.Tags?.find(({ Key }) => Key === 'Name')?.Value;
      return {
        subnet,
        ...(found?.AvailabilityZone && { zone: found.AvailabilityZone }),
        ...(name !== undefined && { name }),
      };
    }),
    paths: lines.map(({ place, need, path }) => ({
      subnet: place.subnet,
      from: place.from,
      to: need.label,
      state: path.state,
      ...(path.state === 'reachable' && { via: throughOf(path) }),
      ...(path.state === 'broken' && { says: path.sentence }),
      ...(path.state === 'open' && { says: `${path.reason}; ${path.decide} would decide` }),
    })),
  };
}
