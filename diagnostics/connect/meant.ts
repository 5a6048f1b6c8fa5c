import type { Listener, Rule } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { CalledUrl } from '../facts/connect/called-urls.ts';
import { matchOf, type Requests } from './listener-rules.ts';
import type { Asked } from './routing.ts';
import { leadsTo } from './rule-actions.ts';

/** Ports of the schemes that a listener of an application load balancer answers; gRPC has none of its own. */
const usualPorts: Record<string, number | undefined> = {
  https: 443,
  wss: 443,
  http: 80,
  ws: 80,
  grpc: undefined,
  grpcs: undefined,
};

/** Whether a URL may lead to this listener, and to the service by it. */
export function isMeant(
  url: CalledUrl,
  { Port, Protocol }: Listener,
  rules: readonly Rule[],
  asked: Asked,
): boolean {
  const { scheme = 'http' } = url;
  if (Protocol?.startsWith('HTTP') && !Object.hasOwn(usualPorts, scheme)) return false;
  const port = portOf(url);
  if (port !== undefined && Port !== port) return false;
  if (isNameOf(url, asked)) return true;
  const requests = requestsOf(url, asked);
  return rules.some((rule) => {
    if (!leadsTo(rule, asked.groups) || matchOf(rule, requests) === 'no') return false;
    return isNamedFor(url, asked) || rule.Conditions?.some(({ Field }) => Field === 'host-header') === true;
  });
}

/** The port that a URL means; undefined where it is left to the application. */
function portOf({ port, scheme = '' }: CalledUrl): number | undefined {
  return port ?? usualPorts[scheme];
}

/** How one of the hosts is called: at a port that it is offered at, if any URL says one, else at the first that is said. */
export function callTo(
  hosts: readonly string[],
  urls: readonly CalledUrl[],
  offered: readonly number[],
): { variable: string; port: number } | undefined {
  const calls = urls.flatMap((url) => {
    const port = hosts.includes(url.host) ? portOf(url) : undefined;
    return port === undefined ? [] : [{ variable: url.variable, port }];
  });
  return calls.find(({ port }) => offered.includes(port)) ?? calls[0];
}

/** Whether a URL has the load balancer's own name. */
export function isNameOf({ host }: CalledUrl, { dnsName }: Asked): boolean {
  const name = dnsName?.toLowerCase();
  return name !== undefined && (host === name || host === `dualstack.${name}`);
}

/**
 * `REVIEWS_URL`, or a path or host that says `reviews`. A host is shared by paths, and a load balancer by services: what
 * it is called says something only where the path names nothing else.
 */
export function isNamedFor(url: CalledUrl, asked: Asked): boolean {
  const { variable, host, path } = url;
  if (says(variable, asked.to) || says(path ?? '', asked.to)) return true;
  const isWhole = path?.split('/').every((part) => part === '' || /^v\d+$/i.test(part)) === true;
  return isWhole && !isNameOf(url, asked) && says(host, asked.to);
}

/** Whether some words in a row are the name, however each is joined: `ORDER_API` and `orderApi` say `order-api`. */
function says(text: string, service: string): boolean {
  const name = service.toLowerCase().replace(/[^a-z0-9]/g, '');
  const words = text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.some((_, from) => words.some((_, to) => words.slice(from, to + 1).join('') === name));
}

/** The path of a URL is where its paths begin: an application appends to it. */
export function requestsOf({ host, path }: CalledUrl, { sources }: Asked): Requests {
  const stem = (path ?? '').replace(/\/+$/, '');
  return { host, sources, paths: [`${stem}/*`], ...(stem !== '' && { alsoPath: stem }) };
}
