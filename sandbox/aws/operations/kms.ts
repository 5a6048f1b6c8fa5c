import type {
  DescribeKeyRequest,
  DescribeKeyResponse,
  GetKeyPolicyRequest,
  GetKeyPolicyResponse,
  KeyMetadata,
  ListGrantsRequest,
  ListGrantsResponse,
} from '@aws-sdk/client-kms';
import { AwsError } from '../errors.ts';
import { pageOf } from '../paging.ts';
import type { Account } from '../world.ts';
import { foreignDenied } from './foreign.ts';
import { type Operation, overWorld } from './operation.ts';

// A key is no use to anybody without its policy, which is why the sandbox answers for that, too.
export const kmsOperations: Record<string, Operation> = {
  DescribeKey: foreignDenied('kms:DescribeKey', keyId, overWorld(describeKey, resourceOf)),
  GetKeyPolicy: foreignDenied('kms:GetKeyPolicy', keyId, overWorld(getKeyPolicy, resourceOf)),
  ListGrants: foreignDenied('kms:ListGrants', keyId, overWorld(listGrants, resourceOf)),
};

function keyId(input: unknown): string {
  return (input as DescribeKeyRequest).KeyId ?? '';
}

function describeKey(input: DescribeKeyRequest, account: Account): DescribeKeyResponse {
  return { KeyMetadata: find(input.KeyId ?? '', account) };
}

function getKeyPolicy(input: GetKeyPolicyRequest, account: Account): GetKeyPolicyResponse {
  // Unlike DescribeKey this takes no alias.
  const { Arn = '' } = find((input.KeyId ?? '').replace(/^(.*:)?alias\/.*$/, ''), account);
  return { Policy: account.world.keyPolicies?.[Arn] ?? delegating(account), PolicyName: 'default' };
}

function listGrants(input: ListGrantsRequest, account: Account): ListGrantsResponse {
  // As GetKeyPolicy it takes no alias.
  const { Arn = '' } = find((input.KeyId ?? '').replace(/^(.*:)?alias\/.*$/, ''), account);
  const { GranteePrincipal: grantee, GrantId: id, Limit = 50, Marker } = input;
  const all = (account.world.keyGrants?.[Arn] ?? []).filter(
    (grant) =>
      (grantee === undefined || grant.GranteePrincipal === grantee) &&
      (id === undefined || grant.GrantId === id),
  );
  const invalid = () => new AwsError('InvalidMarkerException', 'The marker is not valid.');
  const { items, nextToken } = pageOf(all, `grants of ${Arn}`, Marker, Limit, invalid);
  return { Grants: items, Truncated: nextToken !== undefined, ...(nextToken && { NextMarker: nextToken }) };
}

/** What the console writes into every new key: the account's IAM policies decide. */
function delegating({ id }: Account): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${id}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });
}

/** By id, ARN, alias name or alias ARN. */
function find(id: string, account: Account): KeyMetadata {
  const alias = id.replace(/^arn:[^:]+:kms:[^:]+:\d+:/, '');
  const wanted = account.world.keyAliases?.[alias] ?? id;
  const found = (account.world.keys ?? []).find(
    ({ Arn, KeyId }) => wanted !== '' && (Arn === wanted || KeyId === wanted),
  );
  if (found) return found;
  const what = alias.startsWith('alias/')
    ? `Alias arn:aws:kms:${account.region}:${account.id}:${alias}`
    : `Key '${arnOf(id, account)}'`;
  throw new AwsError(
    'NotFoundException',
    `${what} ${alias.startsWith('alias/') ? 'is not found.' : 'does not exist'}`,
  );
}

function arnOf(id: string, { id: account, region }: Account): string {
  return id.startsWith('arn:') ? id : `arn:aws:kms:${region}:${account}:key/${id}`;
}

function resourceOf(input: { KeyId?: string }, account: Account): string {
  return arnOf(input.KeyId ?? '', account);
}
