import type { ServiceConnectConfiguration, ServiceConnectService } from '@aws-sdk/client-ecs';
import { describeService } from '../by-hand.ts';
import { open } from '../network/steps.ts';
import type { Target } from '../report.ts';
import { listed } from '../words.ts';
import { toldOf } from './client-age.ts';
import { toTasks } from './direct.ts';
import { callTo } from './meant.ts';
import type { Block, Ends, Way } from './way.ts';

function configurationOf({ deployments = [] }: Ends['to']): ServiceConnectConfiguration | undefined {
  const found = deployments.find(({ status }) => status === 'PRIMARY')?.serviceConnectConfiguration;
  return found?.enabled ? found : undefined;
}

/** A namespace is named by its name or by its ARN, whose last part is an id; the names of ARNs may be known. */
function sameNamespace(
  a: string | undefined,
  b: string | undefined,
  names: Ends['namespaces'],
): boolean | undefined {
  const [one, other] = [a, b].map((named = '') => names[named] ?? named);
  if (a === b || one === other) return true;
  // Without a name it is the default one of the cluster, which is not looked up.
  if (a === undefined || b === undefined) return undefined;
  const isArn = (named = '') => named.startsWith('arn:');
  return isArn(one) === isArn(other) ? false : undefined;
}

/**
 * By Service Connect, once for every port that it is offered at: both are in one namespace, and the proxy of the client
 * is younger than the name that it should know, for a proxy learns the names of its namespace when it is deployed.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html
 */
export function byServiceConnect(ends: Ends, target: Target): Way[] {
  const server = configurationOf(ends.to);
  if (!server) return [];
  const namespace = ends.namespaces[server.namespace ?? ''] ?? server.namespace;
  return (server.services ?? [])
    .filter((offered) => isAsked(offered, ends))
    .map((offered) => {
      // The name of the registration is known to clients only where the alias has none of its own.
      const registered = `${offered.discoveryName ?? offered.portName}.${namespace}`;
      const aliases = (offered.clientAliases ?? []).flatMap(({ dnsName }) => dnsName ?? []);
      const names = (aliases.length > 0 ? aliases : [registered]).map((name) => name.toLowerCase());
      const way = { ...offeredBy(server, offered, ends, target), names };
      return way.found.state === 'open-way' ? withPort(way, server, ends) : way;
    });
}

/**
 * The proxies of the client listen at the ports of the aliases alone.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectClientAlias.html
 */
function withPort(way: Way, { services = [] }: ServiceConnectConfiguration, { urls, from, port }: Ends): Way {
  const ports = services.flatMap(({ clientAliases = [] }) =>
    clientAliases.flatMap((alias) => alias.port ?? []),
  );
  const call = port === undefined ? callTo(way.names ?? [], urls, ports) : undefined;
  if (!call || ports.includes(call.port)) return way;
  const reason = `${call.variable} of ${from.serviceName} calls it at ${call.port}, and it is offered at ${listed(ports.map(String))}`;
  return { ...way, found: open(reason, 'the port that the application calls') };
}

/** Whether a port that is asked about is this one, by the number that clients call or that the container has. */
function isAsked(offered: ServiceConnectService, ends: Ends): boolean {
  const inside = portInside(offered, ends);
  if (ends.port === undefined || inside === undefined) return true;
  return [inside, ...(offered.clientAliases ?? []).map(({ port }) => port)].includes(ends.port);
}

/** Where its proxy listens, or the container. Undefined where the task definition does not tell. */
function portInside(offered: ServiceConnectService, { definition }: Ends): number | undefined {
  const mappings = (definition?.containerDefinitions ?? []).flatMap(({ portMappings = [] }) => portMappings);
  const mapped = mappings.find(({ name }) => name === offered.portName);
  return offered.ingressPortOverride ?? mapped?.containerPort;
}

function offeredBy(
  server: ServiceConnectConfiguration,
  offered: ServiceConnectService,
  ends: Ends,
  target: Target,
): Way {
  const { from, to, region } = ends;
  const alias = offered.clientAliases?.[0];
  const called = alias?.dnsName ?? offered.discoveryName ?? offered.portName ?? '';
  const about = `Service Connect${called ? ` as ${called}${alias?.port ? `:${alias.port}` : ''}` : ''}`;
  const blocked = (block: Omit<Block, 'names'>): Way => ({
    kind: 'service-connect',
    about,
    found: {
      state: 'broken',
      block: {
        ...block,
        names: {
          region,
          cluster: target.cluster ?? '',
          service: from.serviceName ?? '',
          resource: server.namespace ?? '',
        },
      },
    },
  });
  const shown = (field: string, value: string) => [
    { api: 'ecs:DescribeServices', field, value, cli: describeService(target) },
  ];
  const client = configurationOf(from);
  const field = 'deployments[0].serviceConnectConfiguration';
  if (!client)
    return blocked({
      cause: 'connect-client-not-enabled',
      sentence: `${from.serviceName} does not use Service Connect, so that ${called} means nothing there.`,
      evidence: shown(field, 'not enabled'),
    });
  const same = sameNamespace(client.namespace, server.namespace, ends.namespaces);
  if (same === false)
    return blocked({
      cause: 'connect-namespace-differs',
      sentence: `${from.serviceName} is in namespace ${client.namespace}, ${to.serviceName} in ${server.namespace}.`,
      evidence: shown(`${field}.namespace`, `${client.namespace}, not ${server.namespace}`),
    });
  const told = toldOf(offered, called, ends, target);
  if (told.state === 'older') return blocked({ cause: 'connect-client-older', ...told.found });
  if (same === undefined)
    return {
      kind: 'service-connect',
      about,
      found: open(
        client.namespace === undefined || server.namespace === undefined
          ? 'one names no namespace, and is in the default one of its cluster'
          : 'one names the namespace by its ARN, the other by its name',
        'whether both are the same namespace',
      ),
    };
  const there = toTasks(ends, portInside(offered, ends));
  const found = there.state === 'open-way' && told.state === 'open' ? told : there;
  return { kind: 'service-connect', about, found };
}
