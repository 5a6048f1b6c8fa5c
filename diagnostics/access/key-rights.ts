import type { NeededSecrets, ParameterState, SecretState } from '../facts/access/needed-secrets.ts';
import type { Read } from '../facts/read.ts';
import type { NeededSecret } from '../secret-references/references.ts';
import { type Home, secretKeyOf } from '../secret-references/value-from.ts';
import { distinctRights, type Right } from './right.ts';

/** Rights on secrets that were named by less than their whole ARN, now that it is known. */
export function resolvedRights(rights: readonly Right[], known: NeededSecrets): Right[] {
  return rights.flatMap((right) => {
    const state = known.secrets[right.lookup ?? ''];
    const arn = state?.ok ? state.value.secret?.ARN : undefined;
    return arn === undefined ? [] : [{ ...right, resource: arn }];
  });
}

/**
 * The right to decrypt, for every secret and parameter that lies under a key of the customer's own. The keys that AWS
 * manages for these services let everybody in the account through.
 * Source: KMS Developer Guide, "How AWS Secrets Manager uses AWS KMS" and "How Parameter Store uses AWS KMS".
 */
export function keyRights(needed: readonly NeededSecret[], known: NeededSecrets, home: Home): Right[] {
  const rights = needed.flatMap(({ reference, name, origin, purpose }): Right[] => {
    if (reference.kind === 'invalid') return [];
    const isSecret = reference.kind === 'secret';
    const state = isSecret ? known.secrets[secretKeyOf(reference)] : known.parameters[reference.arn];
    const key = state?.ok ? keyArnOf(state.value, reference.region, home) : undefined;
    if (key === undefined) return [];
    const service = isSecret ? 'secretsmanager' : 'ssm';
    const own = state?.ok && 'secret' in state.value ? state.value.secret?.ARN : undefined;
    const context: Record<string, string> = isSecret
      ? { 'kms:EncryptionContext:SecretARN': own ?? reference.arn }
      : { 'kms:EncryptionContext:PARAMETER_ARN': reference.arn };
    return [
      {
        role: 'execution',
        kind: 'key',
        action: 'kms:Decrypt',
        resource: key,
        thing: `key of ${isSecret ? reference.name : reference.names[0]}`,
        cause: 'secret-kms-denied',
        usedBy: [
          purpose === 'variable' ? `${name} of ${origin.container}` : `${purpose} of ${origin.container}`,
        ],
        context: { 'kms:ViaService': `${service}.${reference.region}.amazonaws.com`, ...context },
      },
    ];
  });
  return distinctRights(rights);
}

type State = SecretState | ParameterState;

/**
 * ARN of the customer's key, as soon as it can be told: an alias only tells once the key itself is described.
 * Undefined where there is none, or none yet.
 */
function keyArnOf(state: State, region: string, { partition, account }: Home): string | undefined {
  const described = state.key?.key.ok ? state.key.key.value?.arn : undefined;
  if (described !== undefined) return described;
  const id = 'secret' in state ? state.secret?.KmsKeyId : state.parameter?.KeyId;
  if (id === undefined || id.includes('alias/')) return undefined;
  return id.startsWith('arn:') ? id : `arn:${partition}:kms:${region}:${account}:key/${id}`;
}

/** The policy of the key with this ARN, as far as it was asked for; as JSON text. */
export function keyPolicyOf(known: NeededSecrets | undefined, keyArn: string): Read<string> | undefined {
  const states = [...Object.values(known?.secrets ?? {}), ...Object.values(known?.parameters ?? {})];
  for (const state of states) {
    const key = state.ok ? state.value.key : undefined;
    if (key && (key.key.ok ? key.key.value?.arn : key.id) === keyArn) return key.policy;
  }
  return undefined;
}
