import { defineFact } from '../../fact.ts';

export interface LogGroupKey {
  name: string;
  region: string;
}

/** Groups that begin alike are listed in the order of their names, so that the one asked for comes first. */
export const logGroupExists = defineFact<boolean, LogGroupKey>({
  id: 'log-group-exists',
  what: 'the log group',
  actions: ['logs:DescribeLogGroups'],
  async load({ awsIn }, { name, region }) {
    const answer = await awsIn(region).logs.describeLogGroups({ logGroupNamePrefix: name, limit: 1 });
    return answer.logGroups?.some(({ logGroupName }) => logGroupName === name) ?? false;
  },
});
