import type { KeyMetadata } from '@aws-sdk/client-kms';
import type { Place } from '../incident.ts';
import { uuid } from './seeded.ts';

export function keyArn({ region, account }: Place, name: string): string {
  return `arn:aws:kms:${region}:${account}:key/${uuid(`${account} ${name} key`)}`;
}

/** A customer managed key as KMS describes it, enabled unless told otherwise. */
export function customerKey(place: Place, name: string, more: Partial<KeyMetadata> = {}): KeyMetadata {
  const Arn = keyArn(place, name);
  return {
    AWSAccountId: place.account,
    KeyId: Arn.split('/').at(-1) ?? '',
    Arn,
    CreationDate: new Date('2023-11-08T10:21:40.512Z'),
    Enabled: true,
    Description: `Secrets of ${name}`,
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeyState: 'Enabled',
    Origin: 'AWS_KMS',
    KeyManager: 'CUSTOMER',
    KeySpec: 'SYMMETRIC_DEFAULT',
    MultiRegion: false,
    ...more,
  };
}
