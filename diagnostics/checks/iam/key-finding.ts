import type { KeyState } from '../../facts/access/needed-secrets.ts';
import type { Finding } from '../../report.ts';
import type { NeededSecret } from '../../secret-references/references.ts';
import { type Known, usedBy } from './known.ts';
import { secretFinding } from './secret-finding.ts';

/** States in which a key decrypts. Source: KMS Developer Guide, "Key states of AWS KMS keys". */
const usable = new Set(['Enabled', 'Creating', 'Updating', 'unknown']);

/** A key that decrypts nothing, whoever asks. */
export function keyFinding(
  known: Known,
  needed: NeededSecret,
  state: KeyState | undefined,
): Finding | undefined {
  if (!state?.key.ok) return undefined;
  const { id, region } = state;
  const key = state.key.value;
  const shown = (field: string, value: string) => ({
    api: 'kms:DescribeKey',
    field,
    value,
    command: `kms describe-key --key-id ${key?.arn ?? id}`,
    region,
  });
  if (!key) {
    return secretFinding(known, needed, {
      cause: 'secret-kms-denied',
      status: 'confirmed',
      names: { resource: id },
      summary: `The value of ${usedBy(needed)} lies under the key ${id}, which does not exist any more.`,
      shown: shown('KeyMetadata.KeyId', `${id} not found`),
      fix: {
        summary:
          'Store the value anew under a key that exists; what lies under a deleted key cannot be read again.',
      },
    });
  }
  if (usable.has(key.state)) return undefined;
  const deleting = key.state === 'PendingDeletion';
  const date = key.deletionDate ? `, on ${key.deletionDate.toISOString().slice(0, 10)} for good` : '';
  return secretFinding(known, needed, {
    cause: 'secret-kms-denied',
    status: 'confirmed',
    names: { resource: key.arn },
    summary: `The key of ${usedBy(needed)} is ${deleting ? `about to be deleted${date}` : key.state.toLowerCase()}: nothing that lies under it can be read.`,
    shown: shown('KeyMetadata.KeyState', key.state),
    fix: {
      summary: deleting
        ? 'Cancel the deletion of the key and enable it again.'
        : `Enable the key ${key.arn}.`,
      cli: [
        ...(deleting ? [`aws kms cancel-key-deletion --key-id ${key.arn} --region ${region}`] : []),
        `aws kms enable-key --key-id ${key.arn} --region ${region}`,
      ].join('\n'),
    },
  });
}
