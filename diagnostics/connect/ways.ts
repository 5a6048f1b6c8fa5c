import type { Target } from '../report.ts';
import { byBalancers } from './balancer.ts';
import { byCloudMap } from './cloud-map.ts';
import { toTasks } from './direct.ts';
import { byServiceConnect } from './service-connect.ts';
import type { Ends, Way } from './way.ts';

/** Everything that the other end offers; its tasks by their addresses where it offers nothing else. */
export function waysOf(ends: Ends, target: Target): Way[] {
  const port = ends.port ?? portOf(ends);
  const named = [...byServiceConnect(ends, target), ...byCloudMap(ends, port)];
  // Whatever has exactly the name of one of these goes there, and past every load balancer.
  const hosts = named.flatMap(({ names = [] }) => names);
  const urls = ends.urls.filter(({ host }) => !hosts.includes(host));
  const offered = [...named, ...byBalancers({ ...ends, urls })];
  if (offered.length > 0) return offered;
  const about = port === undefined ? 'the addresses of its tasks' : `its tasks at TCP ${port}`;
  return [{ kind: 'direct', about, found: toTasks(ends, port) }];
}

function portOf({ definition }: Ends): number | undefined {
  const mapped = (definition?.containerDefinitions ?? []).flatMap(({ portMappings = [] }) => portMappings);
  return mapped.find(({ protocol = 'tcp' }) => protocol === 'tcp')?.containerPort;
}
