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
