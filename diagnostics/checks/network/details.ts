import type { Line } from '../../network/survey.ts';
import type { Topology } from '../../network/topology.ts';
import type { Network } from '../../network-details.ts';
import { hopKey } from './broken-findings.ts';
import { throughOf } from './through.ts';

export function networkDetails(lines: readonly Line[], { subnets }: Topology): Network {
  const ids = [...new Set(lines.map(({ place }) => place.subnet))];
  // What one hop breaks is told once, in the words of the first way that ends there.
  const sentences = new Map(
    lines
      .toReversed()
      .flatMap(({ path }) => (path.state === 'broken' ? [[hopKey(path), path.sentence]] : [])),
  );
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
      ...(path.state === 'broken' && { says: sentences.get(hopKey(path)) ?? path.sentence }),
      ...(path.state === 'open' && { says: `${path.reason}; ${path.decide} would decide` }),
    })),
  };
}
