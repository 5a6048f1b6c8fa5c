import type { JudgeContext } from '../../check.ts';
import type { Placed } from '../../facts/network/origins.ts';
import { findingOf, namesFor } from '../../findings.ts';
import { fixOf } from '../../network/fixes.ts';
import { withSubnetNames } from '../../network/subnet-names.ts';
import type { Line } from '../../network/survey.ts';
import type { Path, Topology } from '../../network/topology.ts';
import type { Evidence, Finding } from '../../report.ts';
import { listed, plural } from '../../words.ts';

type Broken = Extract<Path, { state: 'broken' }>;

export interface Told {
  lines: readonly Line[];
  /** Where the target calls from, where the ways are not those of all its places. */
  placed?: readonly Placed[];
  topology: Topology;
  /** Subnets in which tasks failed to start; empty where that is not known. */
  failing: ReadonlySet<string>;
  context: JudgeContext;
}

/** One finding for each hop that breaks something, whatever it breaks, and for however many subnets. */
export function brokenFindings(told: Told): Finding[] {
  const broken = told.lines.filter(({ path }) => path.state === 'broken');
  const hops = Map.groupBy(broken, ({ path }) => (path.state === 'broken' ? hopKey(path) : ''));
  return [...hops.values()].flatMap(([first, ...rest]) =>
    first?.path.state === 'broken' ? [findingFor([first, ...rest], first.path, told)] : [],
  );
}

/**
 * What stands for one thing to change. Tables, gateways and groups are changed once for all; a subnet that lacks
 * something lacks it like its siblings.
 */
export function hopKey({ cause, subject, rule }: Broken): string {
  return JSON.stringify([cause, subject.startsWith('subnet-') ? '' : subject, rule]);
}

function findingFor(lines: readonly [Line, ...Line[]], broken: Broken, told: Told): Finding {
  const { lines: all, topology, failing, context, placed = all.map(({ place }) => place) } = told;
  const { target } = context;
  const subnets = [...new Set(lines.map(({ place }) => place.subnet))];
  const denied = broken.cause === 'network-endpoint-policy-denied';
  const symptoms = lines.flatMap(({ need }) => (denied ? need.symptoms.denied : need.symptoms.unreachable));
  const elsewhere = failing.size > 0 && !subnets.some((subnet) => failing.has(subnet));
  const own = placed.filter(({ from }) => from === lines[0].place.from);
  const fix = fixOf({
    lines,
    subnets: [...new Set(own.map(({ subnet }) => subnet))],
    broken,
    topology,
    target,
  });
  return findingOf(
    {
      cause: broken.cause,
      status: broken.doubt === undefined ? 'confirmed' : 'likely',
      severity: 'error',
      owner: 'network',
      names: { resource: broken.subject, port: String(broken.port) },
      why: withSubnetNames(broken.sentence, topology),
      ...(broken.doubt && { decide: broken.doubt.decide }),
    },
    namesFor(target, {}),
    {
      subject: arnOf(broken.subject, topology),
      summary: withSubnetNames(
        [broken.sentence, lossOf(lines, all), broken.doubt?.says].filter(Boolean).join(' '),
        topology,
      ),
      evidence: evidenceOf(lines),
      reasonOf: [...new Set(symptoms)],
      next: [],
      ...(elsewhere && { alsoSeen: true }),
      ...(fix && { fix }),
    },
  );
}

/** What is lost, and how often: with one bad subnet of three, tasks fail as if by chance. */
function lossOf(lines: readonly Line[], all: readonly Line[]): string {
  const from = lines[0]?.place.from;
  const hit = [...new Set(lines.map(({ place }) => place.subnet))];
  const total = new Set(all.filter(({ place }) => place.from === from).map(({ place }) => place.subnet)).size;
  const lost = listed([...new Set(lines.map(({ need }) => need.label))]);
  const who = from === 'host' ? 'instances' : 'tasks';
  if (total === 1) return `Its ${who} cannot reach ${lost}.`;
  if (hit.length === total) return `This holds for all ${total} subnets: its ${who} cannot reach ${lost}.`;
  return `This holds for ${hit.length} of ${plural(total, 'subnet')}${hit.length > 1 ? `, ${listed(hit)}` : ''}: ${who} there cannot reach ${lost}, so that starts fail at random.`;
}

const evidenceAtMost = 4;

function evidenceOf(lines: readonly Line[]): Evidence[] {
  const all = lines.flatMap(({ path }) => (path.state === 'broken' ? path.evidence : []));
  const distinct = new Map(all.map((one) => [JSON.stringify(one), one]));
  return [...distinct.values()].slice(0, evidenceAtMost);
}

const kinds: Record<string, string> = {
  rtb: 'route-table',
  subnet: 'subnet',
  nat: 'natgateway',
  eni: 'network-interface',
  sg: 'security-group',
  acl: 'network-acl',
  vpce: 'vpc-endpoint',
};

function arnOf(id: string, { account, region }: Topology): string | undefined {
  const kind = kinds[id.split('-')[0] ?? ''];
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return kind && `arn:${partition}:ec2:${region}:${account}:${kind}/${id}`;
}
