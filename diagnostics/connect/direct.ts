import { asStep } from '../network/endpoints.ts';
import { reach } from '../network/reach.ts';
import { open, type Step, whichever } from '../network/steps.ts';
import type { Origin, Path, Protocol } from '../network/topology.ts';
import {
  dynamicPorts,
  groupsAt,
  isDynamic,
  type Listening,
  listeningOf,
  originsOf,
  sharesHost,
} from './places.ts';
import { blockOf } from './rules.ts';
import { type Ends, found, type Way } from './way.ts';

/** The way to the interfaces of the tasks, or of their instances, at one port of the container. */
export function toTasks(ends: Ends, port: number | undefined, protocol: Protocol = 'tcp'): Way['found'] {
  const { to } = ends;
  if (port === undefined)
    return open(
      'the task definition maps no port',
      'the port that it listens on: add it to the name, as in api:8080',
    );
  const unknown = placesUnknown(ends);
  if (unknown) return unknown;
  const listening = listeningOf(ends, port);
  if (listening.length === 0)
    return open(
      `no running task of ${to.serviceName} has TCP ${port} bound to a port of its instance`,
      'the port mapping of the container',
    );
  const now = throughAll(ends, port, listening, protocol);
  if (now.state !== 'open-way' || !isDynamic(ends, port)) return now;
  const { from: low, to: high } = dynamicPorts;
  const later = throughAll(
    ends,
    port,
    listening.flatMap((one) => [low, high].map((other) => ({ ...one, port: other }))),
    protocol,
  );
  if (later.state === 'open-way') return now;
  return open(
    `the host ports of now are admitted, and not all of ${low} to ${high}, of which the next task gets another`,
    'the host port that a task is given',
  );
}

/** Why the places of one of the ends are not known. */
export function placesUnknown({ from, to, hosts }: Ends): ReturnType<typeof open> | undefined {
  const sides = [
    { service: from, known: hosts.from },
    { service: to, known: hosts.to },
  ];
  const unknown = sides.find(({ service, known = [] }) => sharesHost(service) && known.length === 0);
  if (!unknown) return undefined;
  const name = unknown.service.serviceName;
  return unknown.known
    ? open(`no instance of ${name} was found, whose network its tasks share`, 'the instances of its tasks')
    : open(
        `the tasks of ${name} share the network of their instances, which could not be read`,
        'their security groups',
      );
}

function throughAll(
  ends: Ends,
  port: number,
  listening: readonly Listening[],
  protocol: Protocol,
): Way['found'] {
  const { from, to, topology, region, hosts } = ends;
  const name = to.serviceName ?? '';
  const steps = fromAll(originsOf(from, hosts.from), (origin) =>
    listening.map(({ subnet, address, groups, port: bound }) =>
      reach(
        origin,
        {
          kind: 'interface',
          name,
          subnet,
          securityGroups: groups,
          port: bound,
          protocol,
          ...(address && { address }),
        },
        topology,
      ),
    ),
  );
  return found(steps, (step) =>
    blockOf(step, {
      from: groupsAt(from, hosts.from),
      to: groupsAt(to, hosts.to),
      region,
      name: `${from.serviceName}_to_${name}`,
      side: 'tasks',
      ...(isDynamic(ends, port) && { ports: dynamicPorts }),
    }),
  );
}

/**
 * The ways from every subnet as one step. Breaking from one of them is enough for connections to fail, which nothing
 * undecided about the others hides.
 */
export function fromAll(origins: readonly Origin[], waysFrom: (origin: Origin) => readonly Path[]): Step[] {
  const ways = origins.flatMap((origin) =>
    waysFrom(origin).map((path) => ({ subnet: origin.subnet, step: asStep(path) })),
  );
  const broken = ways.filter(({ step }) => step.state === 'broken');
  const [first] = broken;
  if (first?.step.state !== 'broken')
    return [
      whichever(
        ways.map(({ step }) => step),
        'the subnets differ',
      ),
    ];
  if (broken.length === ways.length) return [first.step];
  const isEach = origins.every(({ subnet }) => broken.some((one) => one.subnet === subnet));
  const part = isEach ? 'Not to all of its places' : `Not from all subnets, ${first.subnet} for one`;
  return [{ ...first.step, sentence: `${part}: ${first.step.sentence}` }];
}
