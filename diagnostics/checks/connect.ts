import { describeService } from '../by-hand.ts';
import { defineCheck, type Outcome } from '../check.ts';
import { byBalancers } from '../connect/balancer.ts';
import { toTasks } from '../connect/direct.ts';
import { byCloudMap, byServiceConnect } from '../connect/discovery.ts';
import { toHost } from '../connect/host.ts';
import type { Block, Ends, Way } from '../connect/way.ts';
import type { ConnectWay } from '../connect-details.ts';
import { readOf } from '../fact.ts';
import { between } from '../facts/connect/between.ts';
import {
  otherDefinition,
  otherFronts,
  otherInstances,
  otherService,
  otherTasks,
} from '../facts/connect/other-side.ts';
import { service } from '../facts/service.ts';
import { findingOf } from '../findings.ts';
import type { Topology } from '../network/topology.ts';
import { unreadOf } from '../network/unread.ts';
import type { Finding, Target } from '../report.ts';
import { answer } from '../rules/explanation.ts';

const unseen = [
  'whether the process listens, and on that address',
  'VPC Lattice',
  'what the application does with the name',
];

/** Whether one service reaches another, over every way that the other one offers. */
export const connect = defineCheck({
  id: 'connect',
  question: 'whether the connection gets through',
  needs: { service, otherService },
  wants: { between, otherTasks, otherDefinition, otherFronts, otherInstances },
  judge(facts, { target, scope }) {
    const { to } = scope;
    const from = facts.service;
    const topology = readOf(facts.between);
    if (!from || !to) return notOfService;
    if (!topology) return facts.between === undefined ? { findings: [] } : unread(nameOf(to));
    if (to.kind === 'host')
      return withUnread(outcomeOf([toHost(from, to, topology, target.region)], nameOf(to), target), topology);
    const tasks = readOf(facts.otherTasks);
    if (!facts.otherService || !tasks)
      return facts.otherTasks === undefined ? { findings: [] } : unread(to.name);
    const ends: Ends = {
      from,
      to: facts.otherService,
      port: to.port,
      tasks,
      definition: readOf(facts.otherDefinition),
      fronts: readOf(facts.otherFronts),
      instances: readOf(facts.otherInstances),
      topology,
      region: target.region,
    };
    if (!tasks.some(({ lastStatus }) => lastStatus === 'RUNNING')) return noTasks(ends, target);
    return withUnread(outcomeOf(waysOf(ends, target), nameOf(to), target), topology, ends.fronts);
  },
});

/** Everything that the other end offers; its tasks by their addresses where it offers nothing else. */
function waysOf(ends: Ends, target: Target): Way[] {
  const port = ends.port ?? portOf(ends);
  const offered = [byServiceConnect(ends, target), byCloudMap(ends, port), ...byBalancers(ends)].filter(
    (way) => way !== undefined,
  );
  if (offered.length > 0) return offered;
  const about = port === undefined ? 'the addresses of its tasks' : `its tasks at TCP ${port}`;
  return [{ kind: 'direct', about, found: toTasks(ends, port) }];
}

function portOf({ definition }: Ends): number | undefined {
  const mapped = (definition?.containerDefinitions ?? []).flatMap(({ portMappings = [] }) => portMappings);
  return mapped.find(({ protocol = 'tcp' }) => protocol === 'tcp')?.containerPort;
}

/** With what could not be read of the network and of the load balancers' targets. */
function withUnread(outcome: Outcome, topology: Topology, fronts: Ends['fronts'] = []): Outcome {
  const targets = fronts.flatMap((front) => (front.targets.ok ? [] : [front.targets.notChecked]));
  return { ...outcome, notChecked: [...unreadOf(topology), ...targets] };
}

function outcomeOf(ways: readonly Way[], to: string, target: Target): Outcome {
  const details = { connect: { to, ways: ways.map(shownWay), unseen } };
  const good = ways.find(({ found }) => found.state === 'open-way');
  const findings = ways.flatMap(({ about, found }) =>
    found.state === 'broken'
      ? [findingOfBlock(found.block, { to, about, target, others: ways.length - 1 })]
      : [],
  );
  if (findings.length === ways.length) return { findings, details, lead: `to ${to}` };
  // One way that works, or may: which one the application takes is not known, and so neither whether it matters.
  if (findings.length > 0) return { findings: findings.map(asOpen), details, lead: `to ${to}` };
  // The line of the way says why, and what would decide.
  if (ways.some(({ found }) => found.state === 'open'))
    return {
      findings,
      details,
      answer: { state: 'unknown', headline: `could not tell whether it reaches ${to}` },
    };
  return {
    findings,
    details,
    answer: { state: 'healthy', headline: `the way to ${to} is open, by ${good?.about}` },
  };
}

function findingOfBlock(
  { cause, sentence, evidence, names, fix, status = 'confirmed' }: Block,
  { to, about, target, others }: { to: string; about: string; target: Target; others: number },
): Finding {
  const { cluster, service: name } = target;
  return findingOf(
    answer(cause, { status, why: sentence, decide: `what ${to} resolves to inside the task` }),
    { ...(cluster && { cluster }), ...(name && { service: name }), ...names },
    {
      summary: others === 0 ? sentence : `By ${about}: ${sentence}`,
      evidence: [...evidence],
      next: [],
      ...(fix && { fix }),
    },
  );
}

function asOpen(finding: Finding): Finding {
  return {
    ...finding,
    status: 'open',
    severity: 'warn',
    open: 'Another way is open or not decided, and which of them the application takes is not known; the host name that it calls would decide.',
  };
}

function noTasks({ to, region }: Ends, target: Target): Outcome {
  const name = to.serviceName ?? '';
  const block: Block = {
    cause: 'connect-no-tasks',
    sentence: `${name} has no running task: ${to.runningCount ?? 0} of ${to.desiredCount ?? 0}.`,
    names: { region, name },
    evidence: [
      {
        api: 'ecs:DescribeServices',
        field: 'runningCount',
        value: `${to.runningCount ?? 0} of ${to.desiredCount ?? 0}`,
        cli: describeService({ ...target, service: name }),
      },
    ],
  };
  const finding = findingOfBlock(block, { to: name, about: '', target, others: 0 });
  return { findings: [finding], details: { connect: { to: name, ways: [], unseen } }, lead: `to ${name}` };
}

function shownWay({ kind, about, found }: Way): ConnectWay {
  const text =
    found.state === 'open-way'
      ? found.text
      : found.state === 'open'
        ? `${found.reason}; ${found.decide} would decide`
        : found.block.sentence;
  return { kind, about, state: found.state, text };
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
