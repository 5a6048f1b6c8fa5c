import type { GetServiceQuotaRequest, GetServiceQuotaResponse } from '@aws-sdk/client-service-quotas';
import { AwsError } from '../errors.ts';
import type { Account } from '../world.ts';
import { type Operation, overWorld } from './operation.ts';

export const serviceQuotaOperations: Record<string, Operation> = {
  GetServiceQuota: overWorld(getServiceQuota, (input, { region, id }) => {
    return `arn:aws:servicequotas:${region}:${id}:${input.ServiceCode}/${input.QuotaCode}`;
  }),
};

function getServiceQuota(input: GetServiceQuotaRequest, { world }: Account): GetServiceQuotaResponse {
  const Quota = world.serviceQuotas?.find(
    (quota) => quota.ServiceCode === input.ServiceCode && quota.QuotaCode === input.QuotaCode,
  );
  if (!Quota) {
    throw new AwsError(
      'NoSuchResourceException',
      'The request failed because the specified service does not exist.',
    );
  }
  return { Quota };
}
