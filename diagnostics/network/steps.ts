import type { Evidence } from '../report.ts';
import type { Part, Path, Topology, Via } from './topology.ts';

type Reachable = Extract<Path, { state: 'reachable' }>;
export type Broken = Extract<Path, { state: 'broken' }>;
export type Open = Extract<Path, { state: 'open' }>;

/** What one hop says. A passed one may leave a doubt that cannot make the answer open. */
export type Step = { state: 'passed'; hops: Reachable['hops']; certain?: boolean } | Broken | Open;

/**
 * Steps along one way, in the order of the traffic. What is broken stays broken whatever else is not known; of several
 * that are, the first one is told.
 */
export function along(via: Via, steps: readonly Step[]): Path {
  const broken = steps.find((step) => step.state === 'broken');
  if (broken) return broken;
  const open = steps.find((step) => step.state === 'open');
  if (open) return open;
  const passed = steps.filter((step) => step.state === 'passed');
  return {
    state: 'reachable',
    via,
    hops: passed.flatMap(({ hops }) => hops),
    certain: passed.every(({ certain }) => certain !== false),
  };
}

/** Ways of which any may be taken, and nobody knows which: all pass, all break, or it is open. */
export function whichever(steps: readonly Step[], several: string): Step {
  const [first] = steps;
  if (!first) return open('nothing is known of the way', 'reading the network of the task');
  const open_ = steps.find((step) => step.state === 'open');
  if (open_) return open_;
  if (steps.every(({ state }) => state === first.state)) return first;
  const broken = steps.find((step) => step.state === 'broken');
  return open(`${several}: ${broken?.sentence ?? ''}`, 'which of them the task is given');
}

export function open(reason: string, decide: string): Open {
  return { state: 'open', reason, decide };
}

/** What a part that was not read leaves open, with the right that was missing. */
export function unread(what: string, part: Part<unknown>): Open {
  const why = part && !part.ok ? part.notChecked : undefined;
  const reason = `${what} could not be read`;
  if (why?.missing) return open(`${reason}, ${why.missing} is not allowed`, `the right ${why.missing}`);
  return open(why ? `${reason}: ${why.reason}` : `${what} was not read`, `reading ${what}`);
}

/** A fact of EC2, with the command that shows it. */
export function shown(
  { region }: Pick<Topology, 'region'>,
  [operation, command]: readonly [operation: string, command: string],
  field: string,
  value: string,
): Evidence {
  return { api: `ec2:${operation}`, field, value, cli: `aws ec2 ${command} --region ${region}` };
}
