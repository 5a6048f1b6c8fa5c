import type { DescribeSecretResponse } from '@aws-sdk/client-secrets-manager';
import { defineFact } from '../../fact.ts';

/** What Secrets Manager tells of a secret without its value. Undefined: there is none of that name or ARN. */
export type SecretFact =
  | (Pick<
      DescribeSecretResponse,
      'ARN' | 'Name' | 'KmsKeyId' | 'DeletedDate' | 'VersionIdsToStages' | 'OwningService' | 'LastChangedDate'
    > & { tags: Record<string, string> })
  | undefined;

export interface SecretKey {
  /** ARN or name. */
  id: string;
  region: string;
}

/** A secret by its ARN or name, in the region that its ARN names. Its value is never read. */
export const secret = defineFact<SecretFact, SecretKey>({
  id: 'secret',
  what: 'the secret',
  actions: ['secretsmanager:DescribeSecret'],
  async load({ awsIn }, { id, region }) {
    try {
      const { ARN, Name, KmsKeyId, DeletedDate, VersionIdsToStages, OwningService, LastChangedDate, Tags } =
        await awsIn(region).secrets.describeSecret({ SecretId: id });
      const tags = Object.fromEntries((Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
      return { ARN, Name, KmsKeyId, DeletedDate, VersionIdsToStages, OwningService, LastChangedDate, tags };
    } catch (error) {
      if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  },
});

/** The policy that hangs on a secret, as JSON text; undefined where it has none. */
export const secretPolicy = defineFact<string | undefined, SecretKey>({
  id: 'secret-policy',
  what: 'the policy of the secret',
  actions: ['secretsmanager:GetResourcePolicy'],
  async load({ awsIn }, { id, region }) {
    return (await awsIn(region).secrets.getResourcePolicy({ SecretId: id })).ResourcePolicy;
  },
});
