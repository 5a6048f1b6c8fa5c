import type { Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { Placed } from '../facts/network/origins.ts';
import type { Requester } from '../policy/types.ts';
import type { Need } from './needs.ts';
import { reach } from './reach.ts';
import type { Path, Topology } from './topology.ts';

/** What comes of one place and one need. */
export interface Line {
  place: Placed;
  need: Need;
  path: Path;
}

interface Grounds {
  placed: readonly Placed[];
  needs: readonly Need[];
  topology: Topology;
  roles: Pick<TaskDefinition, 'executionRoleArn' | 'taskRoleArn'>;
  /** Tasks that got as far as they did; undefined where they were not read. */
  tasks: readonly Task[] | undefined;
  now: Date;
}

/** The ways from every place to everything that is needed there. */
export function surveyOf(grounds: Grounds): Line[] {
  const { placed, topology } = grounds;
  return placed.flatMap((place) => {
    const lines = needsAt(place, grounds).map((need) => {
      const requester = requesterOf(place, need, grounds);
      const ipv6 = familyOf(place, topology);
      const origin = { ...place, ...(requester && { requester }), ...(ipv6 !== undefined && { ipv6 }) };
      return { place, need, path: reach(origin, need.destination, topology) };
    });
    const hidden = isProxied(lines);
    return lines.map((line) => ({ ...line, path: doubted(line, hidden, grounds) }));
  });
}

/** An agent that talks to ECS although no way leads there goes through a proxy, or by a way that is not seen. */
function isProxied(lines: readonly Line[]): boolean {
  return lines.some(
    ({ place, need, path }) => place.connected === true && need.use === 'agent' && path.state === 'broken',
  );
}

/**
 * On an instance the agent pulls images, reads secrets and writes logs through the interface of the instance; what runs
 * inside the task, such as the agent of ECS Exec, has the interface of the task where it has one.
 */
function needsAt({ from, onInstance }: Placed, { placed, needs }: Grounds): readonly Need[] {
  if (!onInstance) return needs;
  const hasOwn = placed.some((other) => other.from === 'task');
  return needs.filter(({ use }) => (use === 'exec' && hasOwn) === (from === 'task'));
}

/** On instances a pull is made by the instance's role or the execution role, as the agent is set up. */
function requesterOf({ from }: Placed, { by }: Need, { roles, topology }: Grounds): Requester | undefined {
  if (from === 'host' && by === 'execution') return undefined;
  const arn = by === 'execution' ? roles.executionRoleArn : by === 'task' ? roles.taskRoleArn : undefined;
  return arn === undefined ? undefined : { arn, account: arn.split(':')[4] ?? topology.account };
}

/** Without a range of its own a subnet gives nobody an IPv6 address; with one, the interface decides. */
function familyOf({ subnet, ipv6 }: Placed, { subnets }: Topology): boolean | undefined {
  const found = subnets?.ok ? subnets.value.find(({ SubnetId }) => SubnetId === subnet) : undefined;
  if (ipv6 !== undefined || found === undefined) return ipv6;
  if (found.Ipv6Native === true) return true;
  return (found.Ipv6CidrBlockAssociationSet ?? []).length === 0 ? false : undefined;
}

/** Milliseconds within which a start says how the network is now. */
const fresh = 10 * 60_000;

/** A way that looks broken and was taken a moment ago is not understood: nobody is told that it is broken. */
function doubted({ path, place, need }: Line, isHidden: boolean, { tasks, now }: Grounds): Path {
  if (path.state !== 'broken') return path;
  const although = (what: string, decide: string): Path => ({
    state: 'open',
    reason: `${path.sentence.slice(0, -1)}, although ${what}`,
    decide,
  });
  if (need.doubt !== undefined) return although(need.doubt, 'what the name resolves to inside the task');
  if (need.use === 'exec') return path;
  if (isHidden)
    return although('the agent there talks to ECS', 'whether /etc/ecs/ecs.config names an HTTP_PROXY');
  if (need.use === 'agent') return path;
  if (tasks === undefined)
    return path.doubt === undefined
      ? path
      : although('no task was read that may have started there', path.doubt.decide);
  const there = tasks.filter((task) => isAt(task, place));
  const failed = Math.max(0, ...there.map((task) => (task.startedAt ? 0 : (task.stoppedAt?.getTime() ?? 0))));
  // Where something was not seen, any start says as much.
  const known = path.doubt === undefined ? now.getTime() - fresh : 0;
  const after = failed > 0 ? failed : known;
  const started = there.find(({ startedAt }) => (startedAt?.getTime() ?? 0) > after);
  if (!started) return path;
  const id = (started.taskArn?.split('/').at(-1) ?? '').slice(0, 8);
  return although(
    `task ${id} started there at ${started.startedAt?.toISOString()}`,
    path.doubt?.decide ?? 'whether the next task starts there',
  );
}

/** Whether a task has its network there. */
export function isAt(task: Task, { from, subnet, hosts = [] }: Placed): boolean {
  if (from === 'host') return hosts.includes(task.containerInstanceArn ?? '');
  return subnetOfTask(task) === subnet;
}

export function subnetOfTask({ attachments = [] }: Task): string | undefined {
  const own = attachments.find(({ type }) => type === 'ElasticNetworkInterface');
  return own?.details?.find(({ name }) => name === 'subnetId')?.value;
}
