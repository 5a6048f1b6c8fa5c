import { defineCheck, type Outcome } from '../check.ts';
import { toHost } from '../connect/host.ts';
import { noTasks, outcomeOf } from '../connect/outcome.ts';
import type { Ends } from '../connect/way.ts';
import { waysOf } from '../connect/ways.ts';
import { readOf } from '../fact.ts';
import { between } from '../facts/connect/between.ts';
import { calledUrls } from '../facts/connect/called-urls.ts';
import { connectEndpoints } from '../facts/connect/endpoints.ts';
import { otherFronts } from '../facts/connect/fronts.ts';
import { hosts, otherHosts } from '../facts/connect/hosts.ts';
import { callerNames } from '../facts/connect/names.ts';
import { otherDefinition, otherService, otherTasks } from '../facts/connect/other-side.ts';
import { connectNamespaces, otherRegistries } from '../facts/connect/registries.ts';
import { service } from '../facts/service.ts';
import type { Topology } from '../network/topology.ts';
import { unreadOf } from '../network/unread.ts';

/** Whether one service reaches another, over every way that the other one offers. */
export const connect = defineCheck({
  id: 'connect',
  question: 'whether the connection gets through',
  needs: { service, otherService },
  wants: {
    between,
    otherTasks,
    otherDefinition,
    otherFronts,
    otherRegistries,
    connectNamespaces,
    connectEndpoints,
    callerNames,
    calledUrls,
    hosts,
    otherHosts,
  },
  judge(facts, { target, scope }) {
    const { to } = scope;
    const { service: from, otherService: other, ...wanted } = facts;
    if (!from || !to) return notOfService;
    if (!allCame(wanted)) return { findings: [] };
    const topology = readOf(wanted.between);
    const hosts = { from: readOf(wanted.hosts), to: readOf(wanted.otherHosts) };
    if (!topology) return unread(nameOf(to));
    if (to.kind === 'host') {
      const way = toHost(from, to, topology, target.region, hosts.from);
      return withUnread(outcomeOf([way], { from, to: nameOf(to), urls: [] }, target), topology);
    }
    const tasks = readOf(wanted.otherTasks);
    if (!other || !tasks) return unread(to.name);
    const names = readOf(wanted.callerNames);
    const ends: Ends = {
      from,
      to: other,
      port: to.port,
      tasks,
      definition: readOf(wanted.otherDefinition),
      fronts: readOf(wanted.otherFronts),
      registries: readOf(wanted.otherRegistries),
      namespaces: readOf(wanted.connectNamespaces) ?? {},
      endpoints: readOf(wanted.connectEndpoints),
      zones: names?.zones,
      urls: readOf(wanted.calledUrls) ?? [],
      hosts,
      topology: { ...topology, ...(names && { vpcDns: names.vpcDns, dhcpOptions: names.dhcpOptions }) },
      region: target.region,
    };
    // A task that has just started is counted before it is listed.
    const isNone = !tasks.some(({ lastStatus }) => lastStatus === 'RUNNING') && !other.runningCount;
    if (isNone) return noTasks(ends, target);
    return withUnread(
      outcomeOf(waysOf(ends, target), { from, to: nameOf(to), urls: ends.urls }, target),
      ends.topology,
      ends,
    );
  },
});

const wantedFacts = [
  'between',
  'otherTasks',
  'otherDefinition',
  'otherFronts',
  'otherRegistries',
  'connectNamespaces',
  'connectEndpoints',
  'callerNames',
  'calledUrls',
  'hosts',
  'otherHosts',
] as const;

/** A way of which something is still to come would be taken for one that could not be read. */
function allCame(facts: Partial<Record<(typeof wantedFacts)[number], unknown>>): boolean {
  return wantedFacts.every((name) => facts[name] !== undefined);
}

/** With what could not be read of the network, the load balancers and Cloud Map. */
function withUnread(
  outcome: Outcome,
  topology: Topology,
  { fronts = [], registries = [], endpoints = {}, zones }: Partial<Ends> = {},
): Outcome {
  const parts = [
    ...fronts.flatMap(({ targets, balancers }) => [targets, ...balancers.map(({ rules }) => rules)]),
    ...registries.flatMap(({ instances, health, service: registered, namespace }) => [
      instances,
      health,
      registered,
      namespace,
    ]),
    ...Object.values(endpoints),
    zones,
  ];
  const notChecked = parts.flatMap((part) => (part && !part.ok ? [part.notChecked] : []));
  const known = new Map(notChecked.map((one) => [`${one.check} ${one.missing}`, one]));
  return { ...outcome, notChecked: [...unreadOf(topology), ...known.values()] };
}

function unread(to: string): Outcome {
  return { findings: [], answer: { state: 'unknown', headline: `could not tell whether it reaches ${to}` } };
}

const notOfService: Outcome = {
  findings: [],
  answer: { state: 'unknown', headline: 'only a service has a network to ask about here' },
};

function nameOf(to: { kind: 'service'; name: string } | { kind: 'host'; host: string }): string {
  return to.kind === 'service' ? to.name : to.host;
}
