import { isDeepStrictEqual } from 'node:util';
import type { Accounts } from './accounts-schema.ts';
import { partitionOf } from './aws/partition.ts';

interface Relation {
  path: string[];
  wrong: string;
  expected: string;
}

/** What single values cannot show. */
export function* relations({ environments }: Accounts, allowRequired: boolean): Generator<Relation> {
  const lower = new Map<string, string>();
  for (const [name, { account, region, role, externalId, clusters, allow }] of Object.entries(environments)) {
    const at = (key?: string) => ['environments', name, ...(key === undefined ? [] : [key])];
    const twin = lower.get(name.toLowerCase());
    lower.set(name.toLowerCase(), name);
    if (twin !== undefined)
      yield {
        path: at(),
        wrong: `differs from ${twin} only in upper and lower case`,
        expected: 'names that nobody mixes up',
      };
    const [, partition, , , owner] = role?.split(':') ?? [];
    if (owner !== undefined && owner !== account)
      yield {
        path: at('role'),
        wrong: `is a role of account ${owner}`,
        expected: `a role of ${account}, the account of ${name}`,
      };
    if (partition !== undefined && partition !== partitionOf(region))
      yield {
        path: at('role'),
        wrong: `is in partition ${partition}`,
        expected: `partition ${partitionOf(region)}, in which ${region} lies`,
      };
    if (externalId !== undefined && role === undefined)
      yield {
        path: at('externalId'),
        wrong: 'has no role that it could be for',
        expected: 'a role beside it',
      };
    const closed = Object.entries(environments).find(
      ([, other]) =>
        clusters === undefined &&
        other.clusters !== undefined &&
        other.account === account &&
        other.region === region &&
        !isDeepStrictEqual(other.allow, allow),
    );
    // Whoever may look at every cluster of the account may look at that one as well.
    if (allowRequired && closed)
      yield {
        path: at(),
        wrong: `reaches the clusters of ${closed[0]}, at which others may look`,
        expected: 'clusters, the list of its own',
      };
    if (allowRequired && allow === undefined)
      yield {
        path: at('allow'),
        wrong: 'is missing',
        expected: 'everyone, or the channels and groups that may look, since Slack is full of people',
      };
  }
}
