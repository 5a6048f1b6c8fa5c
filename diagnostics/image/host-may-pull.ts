import type { Launch } from '../facts/access/judged-revision.ts';
import type { ImageFacts } from '../facts/image/image-states.ts';
import { type PullRightState, pullRights } from './may-pull.ts';

/**
 * Whether the agent may pull with the role of its instance. On Fargate, on instances that AWS manages and on external
 * ones it takes an execution role; what is not known yet is taken for an instance, so that nothing is ruled out.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export function pullsByHost(launch: Launch): boolean {
  return launch === 'ec2' || launch === 'unknown';
}

/** Whether the roles of the instances may pull an image, taken together. */
export interface HostVerdict {
  /** `cannot`: no role of any instance may. */
  answer: 'can' | 'cannot' | 'open';
  /** A clause without full stop. */
  why: string;
  /** The role that the states are of: one that keeps the answer from `can`, else the first. */
  role?: { arn: string; name: string };
  states: PullRightState[];
}

/**
 * Undefined where no instance has a part in the pull, or the execution role settles it. Of several roles each serves
 * the tasks on its own instances alone, so that one that may pull does not speak for the others.
 */
export function hostsMayPull(facts: ImageFacts, account: string): HostVerdict | undefined {
  const { hosts } = facts;
  if (!hosts) return undefined;
  if (!hosts.ok) return { answer: 'open', why: 'the role of the instance could not be read', states: [] };
  const { pullers, says } = hosts.value;
  const judged = pullers.map(({ role, rights }) => {
    const states = pullRights({ ...facts, rights }, { arn: role.arn, account });
    const worst = ['denied', 'not-checked', 'open'].flatMap((of) =>
      states.filter(({ state }) => state === of),
    )[0];
    return { role, states, worst };
  });
  const [failing] = judged.filter(({ worst }) => worst !== undefined);
  const [shown] = failing ? [failing] : judged;
  if (!shown) return { answer: 'open', why: says ?? 'no instance of it could be found', states: [] };
  const known = { role: shown.role, states: shown.states };
  if (says === undefined && judged.every(({ worst }) => worst?.state === 'denied'))
    return { ...known, answer: 'cannot', why: shown.worst?.why ?? '' };
  if (failing?.worst) return { ...known, answer: 'open', why: `${failing.role.name}: ${failing.worst.why}` };
  return says ? { ...known, answer: 'open', why: says } : { ...known, answer: 'can', why: 'allowed' };
}
