import type {
  DescribeParametersRequest,
  DescribeParametersResult,
  ParameterStringFilter,
} from '@aws-sdk/client-ssm';
import { AwsError, NotInSandbox, validationMessage } from '../errors.ts';
import { pageOf } from '../paging.ts';
import type { Account } from '../world.ts';
import { type Operation, overWorld } from './operation.ts';

export const parameterOperations: Record<string, Operation> = {
  // IAM knows this action by no resource: it lists.
  DescribeParameters: overWorld(
    describeParameters,
    (_input, { id, region }) => `arn:aws:ssm:${region}:${id}:*`,
  ),
};

/** Both the most values of a filter and the largest page. */
const atMost = 50;
const usualPage = 10;

function describeParameters(input: DescribeParametersRequest, { world }: Account): DescribeParametersResult {
  if (input.Filters) throw new NotInSandbox('the old Filters');
  const size = input.MaxResults ?? usualPage;
  if (size > atMost) {
    throw new AwsError(
      'ValidationException',
      validationMessage(size, 'maxResults', `have value less than or equal to ${atMost}`),
    );
  }
  // Parameters that other accounts share are listed only where they are asked for, and then alone.
  const all = input.Shared === true ? [] : (world.parameters ?? []);
  const found = (input.ParameterFilters ?? []).reduce(
    (kept, filter) => kept.filter(({ Name = '' }) => fits(Name, filter)),
    all,
  );
  const { items, nextToken } = pageOf(
    found,
    JSON.stringify(input.ParameterFilters ?? []),
    input.NextToken,
    size,
    () => new AwsError('InvalidNextToken', 'The specified token is not valid.'),
  );
  return { Parameters: items, NextToken: nextToken };
}

function fits(name: string, { Key, Option = 'Equals', Values = [] }: ParameterStringFilter): boolean {
  if (Key !== 'Name') throw new NotInSandbox(`the filter ${Key}`);
  if (Values.length > atMost) {
    throw new AwsError(
      'InvalidFilterValue',
      `The filter value is not valid. At most ${atMost} values are supported.`,
    );
  }
  if (Option === 'Equals') return Values.includes(name);
  if (Option === 'BeginsWith') return Values.some((value) => name.startsWith(value));
  if (Option === 'Contains') return Values.some((value) => name.includes(value));
  throw new AwsError('InvalidFilterOption', 'The specified filter option is not valid.');
}
