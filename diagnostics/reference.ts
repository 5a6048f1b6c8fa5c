/** What an ARN, a console address or a bare task id points at. */
export interface Reference {
  account?: string;
  region?: string;
  cluster?: string;
  service?: string;
  /** Task id. */
  task?: string;
  family?: string;
}

const arn = /^arn:[\w-]+:ecs:(?<region>[\w-]+):(?<account>\d{12}):(?<kind>[\w-]+)\/(?<path>[^\s?#]+)$/;
const id = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
/**
 * The commercial, China and GovCloud consoles; today's carries the region in its name, older ones in the query.
 * Somebody signed in to several accounts has the account before it.
 */
const consoleHost =
  /^(?:(?<account>\d{12})-[a-z0-9]+\.)?(?:(?<region>[a-z]{2}(?:-[a-z]+)+-\d)\.)?console\.(?:aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com)$/;

/** Reads an ECS ARN, console address or task id. Undefined where the text is just a name. */
export function parseReference(text: string): Reference | undefined {
  // Slack wraps addresses in angle brackets, perhaps with a label.
  const bare = text.trim().replace(/^<([^|>]+)(?:\|[^>]*)?>$/, '$1');
  if (id.test(bare)) return { task: bare };
  const match = arn.exec(bare);
  if (match?.groups) return fromArn(match.groups.kind ?? '', match.groups.path ?? '', match.groups);
  if (/^https?:\/\//.test(bare)) return fromConsole(bare);
  return undefined;
}

function fromArn(
  kind: string,
  path: string,
  { region, account }: Record<string, string | undefined>,
): Reference | undefined {
  const parts = path.split('/');
  const place = { region, account };
  // Before 2018 the ARNs of tasks and services did not name their cluster.
  const [name = '', cluster] = [parts.at(-1), parts.length > 1 ? parts[0] : undefined];
  if (kind === 'task') return { ...place, cluster, task: name };
  if (kind === 'service') return { ...place, cluster, service: name };
  if (kind === 'cluster') return { ...place, cluster: name };
  if (kind === 'task-definition') return { ...place, family: name.split(':')[0] };
  // service-deployment/CLUSTER/SERVICE/ID and service-revision/CLUSTER/SERVICE/ID
  if (kind === 'service-deployment' || kind === 'service-revision')
    return { ...place, cluster, service: parts[1] };
  return undefined;
}

function fromConsole(address: string): Reference | undefined {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return undefined;
  }
  const host = consoleHost.exec(url.hostname);
  if (!host) return undefined;
  const region = host.groups?.region ?? url.searchParams.get('region') ?? undefined;
  // The old console kept the path behind the hash.
  const path = url.pathname.includes('/clusters/') ? url.pathname : url.hash;
  const part = (name: string) => {
    const found = new RegExp(`/${name}/([^/?#]+)`).exec(path)?.[1];
    return found === undefined ? undefined : decoded(found);
  };
  const { account } = host.groups ?? {};
  const named = { region, cluster: part('clusters'), service: part('services'), task: part('tasks') };
  if (named.cluster === undefined) return undefined;
  return account === undefined ? named : { account, ...named };
}

/** Addresses are pasted cut and mended by hand: what is no encoding stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
