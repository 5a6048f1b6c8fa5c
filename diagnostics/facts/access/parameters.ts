import type { ParameterMetadata } from '@aws-sdk/client-ssm';
import { defineFact } from '../../fact.ts';

export interface ParametersKey {
  region: string;
  /** Sorted, each once. */
  names: readonly string[];
}

/** A filter takes fifty names, and a page holds fifty parameters. Source: SSM API, DescribeParameters. */
const namesAtOnce = 50;

/** Those of the parameters named that exist in the region, without their values. Shared ones are not among them. */
export const parameters = defineFact<ParameterMetadata[], ParametersKey>({
  id: 'parameters',
  what: 'the parameters',
  actions: ['ssm:DescribeParameters'],
  async load({ awsIn }, { region, names }) {
    const { ssm } = awsIn(region);
    const batches = Array.from({ length: Math.ceil(names.length / namesAtOnce) }, (_, index) =>
      names.slice(index * namesAtOnce, (index + 1) * namesAtOnce),
    );
    const found = await Promise.all(
      batches.map(async (Values) => {
        const listed: ParameterMetadata[] = [];
        let NextToken: string | undefined;
        // A page may be empty before the last one. No more parameters come than were named.
        for (let pages = 0; pages <= Values.length; pages += 1) {
          const answer = await ssm.describeParameters({
            ParameterFilters: [{ Key: 'Name', Option: 'Equals', Values: [...Values] }],
            MaxResults: namesAtOnce,
            NextToken,
          });
          listed.push(...(answer.Parameters ?? []));
          NextToken = answer.NextToken;
          if (!NextToken) break;
        }
        return listed;
      }),
    );
    return found.flat();
  },
});
