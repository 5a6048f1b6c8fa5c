import { placeOf, withSubnetNames } from '../../network/subnet-names.ts';
import type { Line } from '../../network/survey.ts';
import type { Path, Topology } from '../../network/topology.ts';
import type { Network } from '../../network-details.ts';
import { hopKey } from './broken-findings.ts';
import { throughOf } from './through.ts';

export function networkDetails(lines: readonly Line[], topology: Topology): Network {
  const { subnets } = topology;
  const ids = [...new Set(lines.map(({ place }) => place.subnet))];
  // The subnets that are told of stand before what is said of them, with their names.
  const named = (text: string) => withSubnetNames(text, topology, ids);
  // What one hop breaks is told once, in the words of the first way that ends there.
  const sentences = new Map(
    lines.toReversed().flatMap(({ path }) => (path.state === 'broken' ? [[hopKey(path), saysOf(path)]] : [])),
  );
  return {
    subnets: ids.map((subnet) => {
      const found = subnets?.ok ? subnets.value.find(({ SubnetId }) => SubnetId === subnet) : undefined;
      return { subnet, ...(found && placeOf(found)) };
    }),
    paths: lines.map(({ place, need, path }) => ({
      subnet: place.subnet,
      from: place.from,
      to: need.label,
      state: path.state,
      ...(path.state === 'reachable' && { via: throughOf(path) }),
      ...(path.state === 'broken' && { says: named(sentences.get(hopKey(path)) ?? saysOf(path)) }),
      ...(path.state === 'open' && { says: named(`${path.reason}; ${path.decide} would decide`) }),
    })),
  };
}

/** A doubt goes with what is doubted. */
function saysOf({ sentence, doubt }: Extract<Path, { state: 'broken' }>): string {
  return doubt === undefined ? sentence : `${sentence} ${doubt.says}`;
}
