import type { Service, Task } from '@aws-sdk/client-ecs';
import { asStep } from '../network/endpoints.ts';
import { reach } from '../network/reach.ts';
import { open, type Step, whichever } from '../network/steps.ts';
import type { Origin, Path, Protocol } from '../network/topology.ts';
import { computeOf, networkOf } from '../placement/compute.ts';
import { blockOf } from './rules.ts';
import { type Ends, found, type Way } from './way.ts';

/** Where the tasks of a service sit, once per subnet; none where they share the network of their instances. */
export function originsOf(service: Service): Origin[] {
  const { subnets, groups } = networkOf(service);
  const primary = service.deployments?.find(({ status }) => status === 'PRIMARY');
  const configured = (primary?.networkConfiguration ?? service.networkConfiguration)?.awsvpcConfiguration;
  return subnets.map((subnet) => ({
    subnet,
    securityGroups: groups,
    publicIpv4: configured?.assignPublicIp === 'ENABLED',
    networkMode: 'awsvpc',
    onInstance: computeOf(service).kind === 'instances',
  }));
}

/** Where the other end listens, once per subnet. */
export interface Listening {
  subnet: string;
  /** Undefined: anywhere in the subnet. */
  address?: string;
}

/** The interfaces of the running tasks; where none is known, any place that the service may put them. */
export function listeningOf({ tasks, to }: Pick<Ends, 'tasks' | 'to'>): Listening[] {
  const known = tasks.flatMap((task) => {
    const [subnet, address] = ['subnetId', 'privateIPv4Address'].map((name) => detail(task, name));
    return subnet === undefined ? [] : [{ subnet, ...(address !== undefined && { address }) }];
  });
  const bySubnet = new Map(known.map((one) => [one.subnet, one]));
  return known.length > 0 ? [...bySubnet.values()] : networkOf(to).subnets.map((subnet) => ({ subnet }));
}

export function detail(task: Task, name: string): string | undefined {
  const details = task.attachments?.flatMap((attachment) => attachment.details ?? []);
  return details?.find((one) => one.name === name)?.value;
}

/** The way to the interfaces of the tasks at one port. */
export function toTasks(ends: Ends, port: number | undefined, protocol: Protocol = 'tcp'): Way['found'] {
  const { from, to, topology, region } = ends;
  if (port === undefined)
    return open(
      'the task definition maps no port',
      'the port that it listens on: add it to the name, as in api:8080',
    );
  const origins = originsOf(from);
  const groups = networkOf(to).groups;
  const listening = listeningOf(ends);
  if (origins.length === 0 || groups.length === 0)
    return open(
      `the tasks of ${origins.length === 0 ? from.serviceName : to.serviceName} share the network of their instances`,
      'the security groups of the instances',
    );
  const name = to.serviceName ?? '';
  const steps = fromAll(origins, (origin) =>
    listening.map(({ subnet, address }) =>
      reach(
        origin,
        {
          kind: 'interface',
          name,
          subnet,
          securityGroups: groups,
          port,
          protocol,
          ...(address && { address }),
        },
        topology,
      ),
    ),
  );
  return found(steps, (step) =>
    blockOf(step, {
      from: networkOf(from).groups,
      to: groups,
      region,
      name: `${from.serviceName}_to_${name}`,
      side: 'tasks',
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
  return [
    { ...first.step, sentence: `Not from all subnets, ${first.subnet} for one: ${first.step.sentence}` },
  ];
}
