/** Whose registry an image lies in: that decides who may pull it, and which way its bytes take. */
export type Registry =
  | {
      kind: 'ecr';
      host: string;
      account: string;
      region: string;
      fips: boolean;
      /** The host answers over IPv4 and IPv6. */
      dualStack: boolean;
    }
  | { kind: 'ecr-public'; host: string }
  | { kind: 'docker-hub'; host: string }
  | { kind: 'other'; host: string; port?: number };

export interface ImageReference {
  registry: Registry;
  /** As the registry knows it: `library/nginx` for `nginx` on Docker Hub. */
  repository: string;
  /** Absent where only a digest is given; `latest` where neither is. */
  tag?: string;
  /** `sha256:…`; it wins over a tag. */
  digest?: string;
}

export type ReadImage = ({ valid: true } & ImageReference) | { valid: false; why: string };

const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const path = new RegExp(`^${component}(?:/${component})*$`);
const tagForm = /^\w[\w.-]{0,127}$/;
const digestForm = /^[A-Za-z][A-Za-z0-9]*(?:[+._-][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const hostForm =
  /^(?:\[[0-9a-fA-F:]+\]|[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*)(?::(\d{1,5}))?$/;

/**
 * Reads `[HOST[:PORT]/]PATH[:TAG][@DIGEST]`. A colon may belong to a port, and a path may have many parts.
 * Source: https://pkg.go.dev/github.com/distribution/reference, which the container runtimes read references with.
 */
export function readImage(text: string): ReadImage {
  if (text === '') return invalid('is empty');
  if (/\s/.test(text)) return invalid('holds a space');
  const at = text.indexOf('@');
  const [named, digest] = at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
  if (digest !== undefined && !digestForm.test(digest)) return invalid(`has no digest behind its @`);
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const [name, tag] = colon < 0 ? [named, undefined] : [named.slice(0, colon), named.slice(colon + 1)];
  if (tag === '') return invalid('has an empty tag');
  if (tag !== undefined && !tagForm.test(tag)) return invalid(`has the tag ${tag}, which no registry takes`);
  const { host, rest } = splitHost(name);
  if (host !== undefined && !hostForm.test(host)) return invalid(`names the host ${host}, which is none`);
  if (rest === '' || rest.split('/').includes('')) return invalid('has an empty part');
  if (!path.test(rest)) {
    return invalid(
      /[A-Z]/.test(rest) ? 'has an upper-case letter in its path' : 'has a path that no registry takes',
    );
  }
  const registry = registryOf(host);
  const repository = registry.kind === 'docker-hub' && !rest.includes('/') ? `library/${rest}` : rest;
  if (digest !== undefined) return { valid: true, registry, repository, digest, ...(tag && { tag }) };
  return { valid: true, registry, repository, tag: tag ?? 'latest' };
}

function invalid(why: string): ReadImage {
  return { valid: false, why };
}

/** The first part is a host where it looks like one; `team/app` is a path on Docker Hub. */
function splitHost(name: string): { host: string | undefined; rest: string } {
  const slash = name.indexOf('/');
  const first = name.slice(0, slash);
  const isHost = slash >= 0 && (/[.:A-Z]/.test(first) || first === 'localhost');
  return isHost ? { host: first, rest: name.slice(slash + 1) } : { host: undefined, rest: name };
}

/**
 * Hosts of ECR: `ACCOUNT.dkr.ecr[-fips].REGION.amazonaws.com[.cn]`, and `ACCOUNT.dkr-ecr[-fips].REGION.on.aws` over both
 * families. Source: ECR User Guide, "Amazon ECR endpoints" and "Making requests to Amazon ECR registries" (dual-stack).
 */
const ecrHost =
  /^(?<account>\d{12})\.dkr(?<stack>[.-])ecr(?<fips>-fips)?\.(?<region>[a-z]{2,}(?:-[a-z]+)+-\d)\.(?:amazonaws\.(?:com|com\.cn|eu)|on\.aws|on\.amazonwebservices\.com\.cn)$/;

const dockerHub = new Set([
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'registry.hub.docker.com',
]);

function registryOf(host: string | undefined): Registry {
  if (host === undefined || dockerHub.has(host)) return { kind: 'docker-hub', host: 'registry-1.docker.io' };
  if (host === 'public.ecr.aws' || host === 'ecr-public.aws.com') return { kind: 'ecr-public', host };
  const { account, region, stack, fips } = ecrHost.exec(host)?.groups ?? {};
  if (account !== undefined && region !== undefined) {
    return { kind: 'ecr', host, account, region, fips: fips !== undefined, dualStack: stack === '-' };
  }
  const port = hostForm.exec(host)?.[1];
  const bare = port === undefined ? host : host.slice(0, -port.length - 1);
  return { kind: 'other', host: bare, ...(port !== undefined && { port: Number(port) }) };
}
