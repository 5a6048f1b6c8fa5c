import type { Outcome } from '../../check.ts';
import { ruledOut } from '../../findings.ts';
import { withSubnetNames } from '../../network/subnet-names.ts';
import type { Line } from '../../network/survey.ts';
import type { Topology } from '../../network/topology.ts';
import type { Finding } from '../../report.ts';
import { listed, plural } from '../../words.ts';
import { throughOf } from './through.ts';

/** What is said where nothing is broken: the proof, or the first thing that leaves it open. */
export function answerOf(
  lines: readonly Line[],
  topology: Pick<Topology, 'subnets'>,
  unread = false,
): Outcome['answer'] {
  const [open] = lines.filter(({ path }) => path.state === 'open');
  if (open?.path.state === 'open') {
    const { place, need, path } = open;
    const headline = `could not tell whether ${place.subnet} reaches ${need.label}: ${path.reason}`;
    return { state: 'unknown', headline: withSubnetNames(headline, topology) };
  }
  if (lines.length === 0) return { state: 'unknown', headline: 'could not tell what it has to reach' };
  if (unread)
    return { state: 'unknown', headline: `could not see every place it runs in; ${proofOf(lines)}` };
  return { state: 'healthy', headline: proofOf(lines) };
}

/** `3 subnets reach ECR, S3 and CloudWatch Logs through nat-0a…`. */
function proofOf(lines: readonly Line[]): string {
  const subnets = new Set(lines.map(({ place }) => place.subnet));
  const ways = [
    ...new Set(lines.flatMap(({ path }) => (path.state === 'reachable' ? [throughOf(path)] : []))),
  ];
  const through =
    ways.length > 3 ? `${ways.slice(0, 3).join(', ')} and ${ways.length - 3} more` : listed(ways);
  const verb = subnets.size === 1 ? 'reaches' : 'reach';
  const names = [...new Set(lines.map(({ need }) => need.label))];
  return `${plural(subnets.size, 'subnet')} ${verb} ${listed(names)} through ${through}`;
}

/** Where every hop is open from every subnet, the network is not what keeps tasks from starting now. */
export function ruledOutFinding(lines: readonly Line[]): Finding[] {
  if (lines.length === 0 || lines.some(({ path }) => path.state !== 'reachable')) return [];
  const hops = lines.flatMap(({ path }) => (path.state === 'reachable' ? path.hops : []));
  const evidence = hops.flatMap((hop) => hop.evidence);
  const distinct = new Map(evidence.map((one) => [JSON.stringify(one), one]));
  const shown = [...distinct.values()].slice(0, 4);
  if (shown.length === 0) return [];
  return [{ ...ruledOut('network-no-route', `${proofOf(lines)}.`, shown), title: 'network' }];
}
