import type {
  DescribeCapacityProvidersRequest,
  DescribeCapacityProvidersResponse,
} from '@aws-sdk/client-ecs';
import type { Account } from '../world.ts';
import { described, ecsArn, ecsPage, withTags } from './ecs-names.ts';
import { type Operation, overWorld } from './operation.ts';

export const capacityProviderOperations: Record<string, Operation> = {
  DescribeCapacityProviders: overWorld(describeCapacityProviders, (input, account) =>
    providerArn(account, input.capacityProviders?.[0] ?? '*'),
  ),
};

/** The largest page, and what comes when nothing is asked for. */
const mostDescribed = 10;

function providerArn(account: Account, reference: string): string {
  return reference.startsWith('arn:') ? reference : ecsArn(account, `capacity-provider/${reference}`);
}

function describeCapacityProviders(
  input: DescribeCapacityProvidersRequest,
  account: Account,
): DescribeCapacityProvidersResponse {
  const all = account.world.capacityProviders ?? [];
  const names = input.capacityProviders;
  const { found, failures } = names?.length
    ? described(
        names.map((name) => providerArn(account, name)),
        (arn) => all.find(({ capacityProviderArn }) => capacityProviderArn === arn),
      )
    : { found: all, failures: [] };
  const { items, nextToken } = ecsPage(found, `providers ${names}`, input, mostDescribed);
  return {
    capacityProviders: items.map((provider) => withTags(provider, input.include)),
    failures,
    nextToken,
  };
}
