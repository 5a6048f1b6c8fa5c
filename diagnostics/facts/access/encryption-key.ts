import type { GrantListEntry } from '@aws-sdk/client-kms';
import { defineFact } from '../../fact.ts';

export interface EncryptionKey {
  arn: string;
  /** `Enabled`, `Disabled`, `PendingDeletion`, `PendingImport`, `Unavailable`, … */
  state: string;
  /** `AWS` for a key that AWS manages, `CUSTOMER` for one of the account's own. */
  manager: string;
  deletionDate?: Date;
}

export interface KeyKey {
  /** Id, ARN, alias or alias ARN. */
  id: string;
  region: string;
}

/** A KMS key's state; undefined where there is none. */
export const encryptionKey = defineFact<EncryptionKey | undefined, KeyKey>({
  id: 'encryption-key',
  what: 'the encryption key',
  actions: ['kms:DescribeKey'],
  async load({ awsIn }, { id, region }) {
    try {
      const { KeyMetadata } = await awsIn(region).kms.describeKey({ KeyId: id });
      return {
        arn: KeyMetadata?.Arn ?? id,
        state: KeyMetadata?.KeyState ?? 'unknown',
        manager: KeyMetadata?.KeyManager ?? 'CUSTOMER',
        deletionDate: KeyMetadata?.DeletionDate,
      };
    } catch (error) {
      if (error instanceof Error && error.name === 'NotFoundException') return undefined;
      throw error;
    }
  },
});

/** The key policy as JSON text. Every key has one, and it is always called `default`. */
export const keyPolicy = defineFact<string, KeyKey>({
  id: 'key-policy',
  what: 'the policy of the encryption key',
  actions: ['kms:GetKeyPolicy'],
  async load({ awsIn }, { id, region }) {
    return (await awsIn(region).kms.getKeyPolicy({ KeyId: id, PolicyName: 'default' })).Policy ?? '';
  },
});

export interface KeyGrants {
  found: GrantListEntry[];
  /** False where there are more than were read. */
  isWhole: boolean;
}

/** A page holds a hundred at most. A key of a database service may have thousands, which decide about no role. */
const grantPagesAtMost = 5;

/** The grants on a key, whoever they are for: ListGrants filters by one grantee alone, and several may be the role. */
export const keyGrants = defineFact<KeyGrants, KeyKey>({
  id: 'key-grants',
  what: 'the grants on the encryption key',
  actions: ['kms:ListGrants'],
  async load({ awsIn }, { id, region }) {
    const { kms } = awsIn(region);
    const found: GrantListEntry[] = [];
    let Marker: string | undefined;
    for (let pages = 0; pages < grantPagesAtMost; pages += 1) {
      const answer = await kms.listGrants({ KeyId: id, Limit: 100, Marker });
      found.push(...(answer.Grants ?? []));
      Marker = answer.Truncated ? answer.NextMarker : undefined;
      if (!Marker) return { found, isWhole: true };
    }
    return { found, isWhole: false };
  },
});
