import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import { defineFact } from '../../fact.ts';

export interface LogGroupKey {
  name: string;
  region: string;
}

/** A log group with how long it keeps lines and which class it is of; undefined where there is none of that name. */
export const logGroup = defineFact<LogGroup | undefined, LogGroupKey>({
  id: 'log-group',
  what: 'the log group',
  actions: ['logs:DescribeLogGroups'],
  async load({ awsIn }, { name, region }) {
    // Groups that begin alike are listed in the order of their names, so that the one asked for comes first.
    const answer = await awsIn(region).logs.describeLogGroups({ logGroupNamePrefix: name, limit: 1 });
    return answer.logGroups?.find(({ logGroupName }) => logGroupName === name);
  },
});

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
