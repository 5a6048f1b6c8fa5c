import type { GrantListEntry } from '@aws-sdk/client-kms';

/** What the grants on a key say of one role's use of it. A grant only ever allows. */
export type GrantsReading =
  | { answer: 'allowed'; by: string }
  | { answer: 'none' }
  /** `why` is a clause. */
  | { answer: 'open'; why: string };

export interface GrantQuestion {
  roleArn: string;
  /** `AROA…`, as a grant names a role that was deleted since. */
  roleId?: string | undefined;
  /** `kms:Decrypt` */
  action: string;
  /** Condition keys of the call; of its encryption context those under `kms:EncryptionContext:`. */
  context: Readonly<Record<string, string>>;
}

/**
 * Reads the grants on a key, three-valued: who gets them, for which operations, under which encryption context.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantListEntry.html
 */
export function readGrants(
  grants: readonly GrantListEntry[],
  question: GrantQuestion,
  { isWhole = true }: { isWhole?: boolean } = {},
): GrantsReading {
  const operation = question.action.replace(/^kms:/, '');
  const read = grants
    .filter(({ Operations = [] }) => Operations.some((one) => one === operation))
    .flatMap((grant) => {
      const named = isGrantee(grant, question);
      const fits = constraintFits(grant, question);
      const name = `the grant ${grant.Name || grant.GrantId}`;
      return named === 'no' || fits === 'no' ? [] : [{ name, named, fits }];
    });
  const sure = read.find(({ named, fits }) => named === 'yes' && fits === 'yes');
  if (sure) return { answer: 'allowed', by: sure.name };
  const [doubtful] = read;
  if (doubtful) {
    const what = doubtful.named === 'yes' ? 'what it is bound to' : 'whom it is given to';
    return { answer: 'open', why: `${doubtful.name} may allow it: ${what} cannot be told from outside` };
  }
  if (!isWhole) return { answer: 'open', why: `the key has more grants than the ${grants.length} looked at` };
  return { answer: 'none' };
}

type Tri = 'yes' | 'no' | 'unknown';

function isGrantee(
  { GranteePrincipal: grantee = '', GranteeServicePrincipal }: GrantListEntry,
  of: GrantQuestion,
): Tri {
  if (grantee === of.roleArn || (of.roleId !== undefined && grantee === of.roleId)) return 'yes';
  const [, , service, , account, name = ''] = grantee.split(':');
  const [, , , , own, role = ''] = of.roleArn.split(':');
  // A session of the role: which one ECS works with is named when the task is.
  if (service === 'sts' && account === own && name.startsWith('assumed-role/'))
    return name.split('/')[1] === role.split('/').at(-1) ? 'unknown' : 'no';
  if (grantee === own || (account === own && name === 'root')) return 'unknown';
  // Services decrypt for whoever asks them, and are shown in place of the principal that the grant was made for.
  return isThrough(GranteeServicePrincipal ?? grantee, of.context['kms:ViaService']) ? 'unknown' : 'no';
}

/** `secretsmanager.us-east-1.amazonaws.com` and `secretsmanager.amazonaws.com` are the same service. */
function isThrough(principal: string, via: string | undefined): boolean {
  return (
    via !== undefined &&
    /\.amazonaws\.com(?:\.cn)?$/.test(principal) &&
    principal.split('.')[0] === via.split('.')[0]
  );
}

/** Both services name what they decrypt; a secret's version stands beside it. In lower case. */
const contextKeys: Readonly<Record<string, readonly string[]>> = {
  secretsmanager: ['secretarn', 'secretversionid'],
  ssm: ['parameter_arn'],
};

/**
 * The case of a value matters, and that of its key does not.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html
 */
function constraintFits({ Constraints = {} }: GrantListEntry, { context }: GrantQuestion): Tri {
  const { EncryptionContextEquals: equal, EncryptionContextSubset: subset, SourceArn } = Constraints;
  const keys = contextKeys[context['kms:ViaService']?.split('.')[0] ?? ''];
  const known = lowerKeys(context);
  const wanted = lowerKeys(equal ?? subset ?? {});
  const fits = [...wanted].map(([key, value]): Tri => {
    const own = known.get(`kms:encryptioncontext:${key}`);
    if (own !== undefined) return own === value ? 'yes' : 'no';
    return keys?.includes(key) === false ? 'no' : 'unknown';
  });
  // Equal is the whole context, with no key beside.
  const lacks = equal !== undefined && keys?.some((key) => !wanted.has(key)) === true;
  if (lacks || fits.includes('no')) return 'no';
  return SourceArn !== undefined || fits.includes('unknown') ? 'unknown' : 'yes';
}

function lowerKeys(pairs: Readonly<Record<string, string>>): Map<string, string> {
  return new Map(Object.entries(pairs).map(([key, value]) => [key.toLowerCase(), value]));
}
