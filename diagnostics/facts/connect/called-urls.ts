import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { hasName } from '../../connect/offered.ts';
import { defineFact } from '../../fact.ts';
import { service } from '../service.ts';
import { otherService } from './other-side.ts';

/** What a variable of the environment says of where its service calls; nothing of it that may be a secret. */
export interface CalledUrl {
  variable: string;
  /** In small letters; absent where the value is a host alone. */
  scheme?: string;
  host: string;
  port?: number;
  /** Absent where it is not made of plain words: it may hold a token. */
  path?: string;
}

/**
 * URLs and host names in the plain environment of the service that calls. The values themselves stay here: user names,
 * passwords and queries are dropped, and a path is kept only where it can be no secret.
 */
export const calledUrls = defineFact<CalledUrl[]>({
  id: 'called-urls',
  what: 'the addresses in the environment of the service',
  actions: ['ecs:DescribeTaskDefinition'],
  async load({ read, aws, scope }) {
    if (scope.to?.kind !== 'service') return [];
    const [from, to] = await Promise.all([read(service), read(otherService)]);
    const arn = from?.taskDefinition;
    // Tasks that have no name at all are not called by one.
    if (arn === undefined || !to || !hasName(to)) return [];
    const { taskDefinition } = await aws.ecs.describeTaskDefinition({ taskDefinition: arn });
    return urlsOf(taskDefinition ?? {});
  },
});

/** The addresses in all containers of a definition, each once, in the order of their variables. */
export function urlsOf({ containerDefinitions = [] }: TaskDefinition): CalledUrl[] {
  const all = containerDefinitions.flatMap(({ environment = [] }) =>
    environment.flatMap(({ name = '', value = '' }) => urlOf(name, value.trim()) ?? []),
  );
  const distinct = new Map(all.map((one) => [JSON.stringify(one), one]));
  return [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** An @ behind the host means that a password holds what ends it, as in `p@ss/word`: the host is a part of it then. */
const pattern =
  /^(?:([a-z][a-z0-9+.-]{0,15}):\/\/(?:[^@/?#]*@)?)?([a-z0-9](?:[a-z0-9.-]{0,252}[a-z0-9])?)(?::(\d{1,5}))?(\/[^?#@]*)?(?:[?#][^@]*)?$/i;

/**
 * Version numbers, file names and tokens have dots as well: a host alone ends in letters, and no top-level domain has
 * more than 24.
 */
const hostAlone = /\.[a-z]{2,24}$/i;

function urlOf(variable: string, value: string): CalledUrl | undefined {
  const [, scheme, host, digits, path] = pattern.exec(value) ?? [];
  if (host === undefined || (scheme === undefined && !hostAlone.test(host))) return undefined;
  const port = Number(digits ?? 0);
  if (port > 65_535) return undefined;
  const kept = path === undefined ? '/' : isPlain(path) ? path : undefined;
  return {
    variable,
    host: host.toLowerCase(),
    ...(scheme && { scheme: scheme.toLowerCase() }),
    ...(port > 0 && { port }),
    ...(kept !== undefined && { path: kept }),
  };
}

/** Words, perhaps joined, and versions: what nobody would take for a token. */
function isPlain(path: string): boolean {
  return path
    .split('/')
    .every(
      (part) =>
        part === '' || /^v\d{1,3}$/i.test(part) || /^[a-z]{1,16}(?:[-_.][a-z]{1,16}){0,3}$/i.test(part),
    );
}
