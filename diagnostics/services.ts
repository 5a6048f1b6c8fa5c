import type { Aws } from '#src/aws/aws.ts';
import { failureOf } from '#src/aws/failure.ts';

export interface ServiceEntry {
  cluster: string;
  service: string;
}

/** A cluster whose services are not all known. */
export interface UnreadCluster {
  cluster: string;
  /** Reads on after a colon. */
  why: string;
}

export interface ServiceIndex {
  entries: ServiceEntry[];
  /** What may hold more services than `entries`. A cluster that does not exist is not among them. */
  unread: UnreadCluster[];
}

/** A cluster of more pages than this is not listed whole, and stands among the unread then. */
const pagesAtMost = 20;
const perPage = 100;

/**
 * Every service of an environment, by cluster, and the clusters that could not be listed or not whole.
 * @param clusters those that the accounts file names; absent: every cluster of the account and region
 * @throws whatever AWS answers when not even one cluster can be listed; that none exists only where that is all
 */
export async function serviceIndex(aws: Aws, clusters: readonly string[] | undefined): Promise<ServiceIndex> {
  const names = clusters ?? (await allClusters(aws));
  const listed = await Promise.allSettled(names.map((cluster) => servicesOf(aws, cluster)));
  const failures = listed.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (failures.length > 0 && failures.length === listed.length) {
    throw failures.find((failure) => !isAbsent(failure)) ?? failures[0];
  }
  const entries: ServiceEntry[] = [];
  const unread: UnreadCluster[] = [];
  for (const [index, cluster] of names.entries()) {
    const result = listed[index];
    if (result?.status === 'fulfilled') {
      entries.push(...result.value.items);
      if (!result.value.isWhole)
        unread.push({ cluster, why: `it has more than ${pagesAtMost * perPage} services` });
    } else if (result && !isAbsent(result.reason)) unread.push({ cluster, why: whyUnread(result.reason) });
  }
  return { entries, unread };
}

/** Why a call gave no answer, in few words: the missing action, where one is missing. */
export function whyUnread(error: unknown): string {
  const { action, message } = failureOf(error);
  return action === undefined ? message : `not allowed to call ${action}`;
}

function isAbsent(error: unknown): boolean {
  return failureOf(error).reason === 'NotFound';
}

async function allClusters(aws: Aws): Promise<string[]> {
  const { items } = await pages(async (nextToken) => {
    const answer = await aws.ecs.listClusters({ nextToken });
    return { items: (answer.clusterArns ?? []).map(nameOf), nextToken: answer.nextToken };
  });
  return items;
}

async function servicesOf(aws: Aws, cluster: string): Promise<Pages<ServiceEntry>> {
  return pages(async (nextToken) => {
    const answer = await aws.ecs.listServices({ cluster, nextToken, maxResults: perPage });
    const items = (answer.serviceArns ?? []).map((arn) => ({ cluster, service: nameOf(arn) }));
    return { items, nextToken: answer.nextToken };
  });
}

interface Pages<Item> {
  items: Item[];
  isWhole: boolean;
}

async function pages<Item>(
  page: (nextToken: string | undefined) => Promise<{ items: Item[]; nextToken?: string | undefined }>,
): Promise<Pages<Item>> {
  const items: Item[] = [];
  let nextToken: string | undefined;
  for (let count = 0; count < pagesAtMost; count += 1) {
    const answer = await page(nextToken);
    items.push(...answer.items);
    nextToken = answer.nextToken;
    if (!nextToken) break;
  }
  return { items, isWhole: !nextToken };
}

function nameOf(arn: string): string {
  return arn.split('/').at(-1) ?? arn;
}
