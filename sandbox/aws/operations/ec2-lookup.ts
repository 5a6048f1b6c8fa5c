import type { Filter } from '@aws-sdk/client-ec2';
import { AwsError, NotInSandbox } from '../errors.ts';
import { pageOf } from '../paging.ts';

/** How EC2 looks things up: by ids, by filters, page by page. The same in all of its Describe operations. */

const largestPage = 1000;

/** The fields that a filter may name, each with the values that an item has there. */
export type Fields<T> = Record<string, (item: T) => readonly (string | undefined)[]>;

/** Ids that do not exist fail the whole call; names in a filter that do not exist are simply not found. */
export function byId<T>(
  items: readonly T[],
  ids: readonly string[] | undefined,
  idOf: (item: T) => string | undefined,
  missing: (id: string) => AwsError,
): readonly T[] {
  if (!ids?.length) return items;
  return ids.map((id) => {
    const found = items.find((item) => idOf(item) === id);
    if (!found) throw missing(id);
    return found;
  });
}

/** What every filter lets through; a filter lets through what has one of its values. */
export function filtered<T>(
  items: readonly T[],
  filters: readonly Filter[] | undefined,
  fields: Fields<T>,
): T[] {
  return (filters ?? []).reduce<T[]>(
    (kept, { Name = '', Values = [] }) => {
      const field = fields[Name];
      if (!field) throw new NotInSandbox(`the filter ${Name}`);
      return kept.filter((item) =>
        field(item).some((value) => value !== undefined && Values.some((wanted) => fits(value, wanted))),
      );
    },
    [...items],
  );
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html: `*` and `?` stand for any text and letter. */
function fits(value: string, wanted: string): boolean {
  if (!/[*?]/.test(wanted)) return value === wanted;
  const pattern = wanted.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(value);
}

interface Paged {
  NextToken?: string | undefined;
  MaxResults?: number | undefined;
}

/** Sizes that an operation's pages may have. */
interface Sizes {
  least?: number;
  most?: number;
}

/** One page of what was found. @throws AwsError for a size that the operation does not take */
export function page<T>(items: readonly T[], list: string, input: Paged, sizes: Sizes = {}) {
  const { least = 5, most = largestPage } = sizes;
  const { NextToken, MaxResults } = input;
  if (MaxResults !== undefined && (MaxResults < least || MaxResults > most)) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value ( ${MaxResults} ) for parameter maxResults is invalid. Expecting a value between ${least} and ${most}.`,
    );
  }
  return pageOf(
    items,
    list,
    NextToken,
    MaxResults ?? most,
    () => new AwsError('InvalidNextToken', 'The token is not valid.'),
  );
}
