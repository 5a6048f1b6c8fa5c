import type { Service } from '@aws-sdk/client-ecs';
import { describeService } from '../by-hand.ts';
import type { Outcome } from '../check.ts';
import type { ConnectWay } from '../connect-details.ts';
import type { CalledUrl } from '../facts/connect/called-urls.ts';
import { findingOf } from '../findings.ts';
import type { Finding, Target } from '../report.ts';
import { answer } from '../rules/explanation.ts';
import type { Block, Ends, Way } from './way.ts';

const unseen = [
  'whether the process listens, and on that address',
  'VPC Lattice',
  'what the application does with the name',
];

/** Who asks for whom, and what the environment of the one that calls says of it. */
interface Between {
  from: Service;
  to: string;
  urls: readonly CalledUrl[];
}

/**
 * The answer over all ways. Where the environment names some of them, those decide; else every one that is offered may
 * be the one that the application takes.
 */
export function outcomeOf(all: readonly Way[], { from, to, urls }: Between, target: Target): Outcome {
  const named = all.map((way) => withCaller(way, urls, from.serviceName ?? ''));
  const called = named.filter(({ caller }) => caller !== undefined);
  const ways = called.length > 0 ? called : named;
  const details = { connect: { to, ways: named.map(shownWay), unseen } };
  // What an application does with a variable is not known: while another way may be open, it is only likely.
  const doubt = named.some(({ found }) => found.state !== 'broken') && ways.length < named.length;
  const good = ways.find(({ found }) => found.state === 'open-way');
  const findings = ways.flatMap(({ about, found }) =>
    found.state === 'broken'
      ? [
          findingOfBlock(doubt ? { ...found.block, status: 'likely' } : found.block, {
            to,
            about,
            target,
            others: named.length - 1,
          }),
        ]
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

/** A way of several is told with the variable that names it. */
function withCaller(way: Way, urls: readonly CalledUrl[], from: string): Way & { caller?: string } {
  const caller = way.variable ?? urls.find(({ host }) => way.names?.includes(host))?.variable;
  return caller === undefined
    ? way
    : { ...way, caller, about: `${way.about}, as ${caller} of ${from} has it` };
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

/** Nobody is there to connect to. */
export function noTasks({ to, region }: Ends, target: Target): Outcome {
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
