import type { SecretState } from '../../facts/access/needed-secrets.ts';
import type { Finding } from '../../report.ts';
import type { NeededSecret } from '../../secret-references/references.ts';
import { type SecretReference, secretKeyOf } from '../../secret-references/value-from.ts';
import { keyFinding } from './key-finding.ts';
import { inDefinition, type Known, usedBy } from './known.ts';
import { secretFinding } from './secret-finding.ts';

/** What is wrong with the secrets that the definition names: the reference, the secret, its version or its key. */
export function secretFindings(known: Known): Finding[] {
  return known.references.secrets.flatMap((needed) => {
    const { reference } = needed;
    if (reference.kind === 'invalid') return [invalid(known, needed, reference.why)];
    if (reference.kind === 'parameter') return [];
    const state = known.secrets?.secrets[secretKeyOf(reference)];
    return state?.ok ? ofSecret(known, needed, reference, state.value) : [];
  });
}

function invalid(known: Known, needed: NeededSecret, why: string): Finding {
  const { container, field, text } = needed.origin;
  return secretFinding(known, needed, {
    cause: 'secret-reference-invalid',
    status: 'confirmed',
    summary: `The reference of ${usedBy(needed)} ${why}.`,
    evidence: [inDefinition(known, container, field, shownReference(text))],
  });
}

/** Who writes no ARN there may have written the secret itself. */
function shownReference(text: string): string {
  return text === '' || text.startsWith('arn:') ? text : `(not shown: ${text.length} characters, no ARN)`;
}

function ofSecret(
  known: Known,
  needed: NeededSecret,
  reference: SecretReference,
  state: SecretState,
): Finding[] {
  const { secret } = state;
  const { id, region, name } = reference;
  const command = `secretsmanager describe-secret --secret-id ${id}`;
  const shown = (field: string, value: string) => ({
    api: 'secretsmanager:DescribeSecret',
    field,
    value,
    command,
    region,
  });
  const resource = id;
  if (!secret) {
    const foreign = reference.account !== known.revision.home.account;
    const instead =
      state.namesake === undefined
        ? ''
        : ` There is ${state.namesake}: it was made anew, or lies in another region.`;
    return [
      secretFinding(known, needed, {
        cause: 'secret-not-found',
        status: foreign ? 'likely' : 'confirmed',
        names: { resource },
        summary: `${usedBy(needed)} asks for the secret ${name}, which ${foreign ? `account ${reference.account} does not show` : 'does not exist'} in ${region}.${instead}`,
        ...(foreign && { open: `whether account ${reference.account} has it, and hides it from here` }),
        shown: shown('ARN', `${id} not found`),
        ...(state.namesake !== undefined && { better: state.namesake }),
      }),
    ];
  }
  if (secret.DeletedDate) {
    const at = secret.DeletedDate.toISOString();
    return [
      secretFinding(known, needed, {
        cause: 'secret-not-found',
        status: 'confirmed',
        names: { resource },
        summary: `The secret ${name}, which ${usedBy(needed)} asks for, was deleted at ${at} and is kept for its recovery window alone.`,
        shown: shown('DeletedDate', at),
        fix: {
          summary: `Restore ${name}, then deploy anew; or name another secret.`,
          cli: `aws secretsmanager restore-secret --secret-id ${secret.ARN ?? id} --region ${region}`,
        },
      }),
    ];
  }
  const version = versionFinding(known, needed, reference, secret);
  const key = keyFinding(known, needed, state.key);
  return [version, key, foreignDefault(known, needed, reference, secret)].filter(
    (finding) => finding !== undefined,
  );
}

/** Which value is asked for, and whether any version bears that label. */
function versionFinding(
  known: Known,
  needed: NeededSecret,
  { id, name, region, versionStage, versionId }: SecretReference,
  { VersionIdsToStages: versions = {} }: NonNullable<SecretState['secret']>,
): Finding | undefined {
  const labels = Object.values(versions).flat();
  const wanted = versionStage ?? (versionId === undefined ? 'AWSCURRENT' : undefined);
  const gone = versionId !== undefined && versions[versionId] === undefined;
  if ((wanted === undefined || labels.includes(wanted)) && !gone) return undefined;
  const what = gone ? `the version ${versionId}` : `a version with the label ${wanted}`;
  const held = labels.length === 0 ? 'none' : labels.join(', ');
  return secretFinding(known, needed, {
    cause: 'secret-empty-value',
    // Versions without a label are left out of the answer, and may still be read for a while.
    status: gone && (wanted === undefined || labels.includes(wanted)) ? 'likely' : 'confirmed',
    names: { resource: id },
    summary: `${usedBy(needed)} asks for ${what} of the secret ${name}, which it does not have (labels: ${held}).`,
    shown: {
      api: 'secretsmanager:DescribeSecret',
      field: 'VersionIdsToStages',
      value: JSON.stringify(versions),
      command: `secretsmanager describe-secret --secret-id ${id}`,
      region,
    },
  });
}

/** The key that AWS manages for an account serves that account alone. */
function foreignDefault(
  known: Known,
  needed: NeededSecret,
  { id, name, region, account }: SecretReference,
  { KmsKeyId = '' }: NonNullable<SecretState['secret']>,
): Finding | undefined {
  if (account === known.revision.home.account || (KmsKeyId !== '' && !KmsKeyId.includes('alias/aws/')))
    return undefined;
  return secretFinding(known, needed, {
    cause: 'secret-kms-denied',
    status: 'confirmed',
    names: { resource: id },
    summary: `The secret ${name} of account ${account} lies under the key that AWS manages for that account, which no role of another account may use.`,
    shown: {
      api: 'secretsmanager:DescribeSecret',
      field: 'KmsKeyId',
      value: KmsKeyId === '' ? 'absent: aws/secretsmanager' : KmsKeyId,
      command: `secretsmanager describe-secret --secret-id ${id}`,
      region,
    },
    fix: {
      summary: `Encrypt ${name} with a customer managed key whose policy lets the execution role decrypt, and let the role use it.`,
      cli: `aws secretsmanager update-secret --secret-id ${id} --kms-key-id KMS_KEY_ARN --region ${region}`,
    },
  });
}
