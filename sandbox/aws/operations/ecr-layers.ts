import type { IncomingMessage } from 'node:http';
import type { Account } from '../world.ts';

const path = '/layers/';

/** Where the endpoint serves a layer: AWS's own address lies in S3, and is signed for a short time. */
export function layerAddress(endpoint: string, digest: string): string {
  return `${endpoint}${path}${digest}`;
}

/** The layer that a request asks for; undefined where it asks for something else. */
export function layerAt(
  accounts: readonly Account[],
  { method, url = '' }: IncomingMessage,
): string | undefined {
  if (method !== 'GET' || !url.startsWith(path)) return undefined;
  const digest = url.slice(path.length);
  return accounts
    .flatMap(({ world }) => [world, ...Object.values(world.otherRegions ?? {})])
    .flatMap(({ repositories = [] }) => repositories)
    .map(({ layers }) => layers?.[digest])
    .find((layer) => layer !== undefined);
}
