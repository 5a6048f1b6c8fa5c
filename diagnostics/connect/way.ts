import type { Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { HostedZoneSummary } from '@aws-sdk/client-route-53';
import type { Service as RegisteredService } from '@aws-sdk/client-servicediscovery';
import type { FixNames } from '../causes/cause.ts';
import type { ConnectWay } from '../connect-details.ts';
import type { CalledUrl } from '../facts/connect/called-urls.ts';
import type { Front } from '../facts/connect/fronts.ts';
import type { Registry } from '../facts/connect/registries.ts';
import type { TaskInstance } from '../facts/network/hosts.ts';
import type { Read } from '../facts/read.ts';
import type { Broken } from '../network/steps.ts';
import { along, type Step } from '../network/steps.ts';
import type { Part, Topology } from '../network/topology.ts';
import type { Evidence, Fix } from '../report.ts';

/** Both ends and what lies between, as far as it was read. */
export interface Ends {
  from: Service;
  to: Service;
  /** Asked for by name; else the ports of the task definition are meant. */
  port: number | undefined;
  tasks: readonly Task[];
  definition: TaskDefinition | undefined;
  fronts: readonly Front[] | undefined;
  registries: readonly Registry[] | undefined;
  /** Names of the namespaces that one of them names by its ARN, as far as they were read. */
  namespaces: Readonly<Record<string, string>>;
  /** What Service Connect registered for the other one, by its ARN; undefined where it was not read. */
  endpoints: Readonly<Record<string, Read<RegisteredService>>> | undefined;
  /** Private hosted zones of the VPC of the one that calls. */
  zones: Part<readonly HostedZoneSummary[]>;
  /** What the environment of the one that calls says of where it calls; none where it was not read. */
  urls: readonly CalledUrl[];
  /** Instances of either side, where its tasks share their network; undefined where they were not read. */
  hosts: { from: readonly TaskInstance[] | undefined; to: readonly TaskInstance[] | undefined };
  topology: Topology;
  region: string;
}

/** What blocks a way: a cause of the catalogue, with its names and, where it is exact, the rule to add. */
export interface Block {
  cause: string;
  sentence: string;
  evidence: readonly Evidence[];
  names: FixNames;
  fix?: Fix;
  status?: 'confirmed' | 'likely';
}

/** A way with what was found on it. */
export interface Way {
  kind: ConnectWay['kind'];
  about: string;
  /** Hosts in small letters by which the application calls this way and no other. */
  names?: readonly string[];
  /** The variable of the environment that is known to call it, where that takes more than a host to tell. */
  variable?: string;
  found:
    | { state: 'open-way'; text: string }
    | { state: 'broken'; block: Block }
    | { state: 'open'; reason: string; decide: string };
}

/** The steps of a way as one answer; `blocked` says what a broken one means here. */
export function found(steps: readonly Step[], blocked: (step: Broken) => Block): Way['found'] {
  const path = along('local', steps);
  if (path.state === 'broken') return { state: 'broken', block: blocked(path) };
  if (path.state === 'open') return path;
  const last = path.hops.filter(({ kind }) => kind.startsWith('security-group')).at(-1) ?? path.hops.at(-1);
  return { state: 'open-way', text: last?.sentence ?? 'nothing is in the way' };
}
