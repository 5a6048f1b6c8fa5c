import type { Aws, CallObserver, Session } from '#src/aws/aws.ts';

export interface ServiceEntry {
  cluster: string;
  service: string;
}

/** A cluster of more services than this is not listed whole; names beyond are found when typed exactly. */
const pagesAtMost = 20;

/**
 * Every service of an environment, by cluster.
 * @param clusters those that the accounts file names; absent: every cluster of the account and region
 * @throws whatever AWS answers when not even one cluster can be listed
 */
export async function serviceIndex(
  session: Session,
  clusters: readonly string[] | undefined,
  observer: CallObserver = { started: () => () => {} },
): Promise<ServiceEntry[]> {
  const aws = session.connect(observer);
  const names = clusters ?? (await allClusters(aws));
  const listed = await Promise.allSettled(names.map((cluster) => servicesOf(aws, cluster)));
  const found = listed.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  const failed = listed.find((result) => result.status === 'rejected');
  if (failed && listed.every((result) => result.status === 'rejected')) throw failed.reason;
  return found;
}

async function allClusters(aws: Aws): Promise<string[]> {
  return pages(async (nextToken) => {
    const answer = await aws.ecs.listClusters({ nextToken });
    return { items: (answer.clusterArns ?? []).map(nameOf), nextToken: answer.nextToken };
  });
}

async function servicesOf(aws: Aws, cluster: string): Promise<ServiceEntry[]> {
  return pages(async (nextToken) => {
    const answer = await aws.ecs.listServices({ cluster, nextToken, maxResults: 100 });
    const items = (answer.serviceArns ?? []).map((arn) => ({ cluster, service: nameOf(arn) }));
    return { items, nextToken: answer.nextToken };
  });
}

async function pages<Item>(
  page: (nextToken: string | undefined) => Promise<{ items: Item[]; nextToken?: string | undefined }>,
): Promise<Item[]> {
  const all: Item[] = [];
  let nextToken: string | undefined;
  for (let count = 0; count < pagesAtMost; count += 1) {
    const answer = await page(nextToken);
    all.push(...answer.items);
    nextToken = answer.nextToken;
    if (!nextToken) break;
  }
  return all;
}

function nameOf(arn: string): string {
  return arn.split('/').at(-1) ?? arn;
}
