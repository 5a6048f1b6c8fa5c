import { isRecord, type Statement, textsOf } from './document.ts';
import { agreed, any, type Tri, triOf } from './tri.ts';
import type { PolicyKind, Requester } from './types.ts';

/**
 * Whether a statement names the one who asks: by itself, or by naming its whole account, which leaves it to the
 * account's IAM policies. `account` is `no` where `direct` is `yes`.
 */
export interface Named {
  direct: Tri;
  account: Tri;
}

/**
 * Reads Principal and NotPrincipal. A star stands for everybody when it stands alone and for nothing else.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function judgePrincipal(statement: Statement, requester: Requester, kind: PolicyKind): Named {
  const { principal, notPrincipal } = statement;
  if (kind === 'identity') return { direct: triOf(principal === undefined), account: 'no' };
  if (principal !== undefined) return onlyOnce(named(principal, requester, kind), kind);
  if (notPrincipal !== undefined) return { direct: outside(notPrincipal, requester, kind), account: 'no' };
  return { direct: 'open', account: 'no' };
}

function onlyOnce({ direct, account }: Named, kind: PolicyKind): Named {
  // An endpoint's policy grants nothing that IAM would have to grant again: it only lets through.
  if (kind === 'endpoint') return { direct: any([direct, account]), account: 'no' };
  return { direct, account: direct === 'yes' ? 'no' : account };
}

function named(block: unknown, requester: Requester, kind: PolicyKind): Named {
  if (block === '*') return { direct: 'yes', account: 'no' };
  if (!isRecord(block)) return { direct: 'open', account: 'no' };
  const each = Object.entries(block).flatMap(([type, raw]) => {
    const values = textsOf(raw);
    return values ? values.map((value) => namedAs(type, value, requester, kind)) : [unclear];
  });
  return { direct: any(each.map(({ direct }) => direct)), account: any(each.map(({ account }) => account)) };
}

const unclear: Named = { direct: 'open', account: 'no' };
const nobody: Named = { direct: 'no', account: 'no' };

function namedAs(type: string, value: string, requester: Requester, kind: PolicyKind): Named {
  if (type === 'AWS') return namedByAws(value, requester, kind);
  if (type === 'Service') return { direct: namedAsService(value, requester), account: 'no' };
  // Roles and services come with no outside identity.
  if (type === 'Federated') return nobody;
  return unclear;
}

function namedAsService(value: string, { service }: Requester): Tri {
  if (service === undefined) return 'no';
  if (value === service) return 'yes';
  // `logs.eu-west-1.amazonaws.com` and `….amazonaws.com.cn` are other forms of one service for some, and not for others.
  const short = (name: string) => name.split('.')[0];
  return value === '*' || (short(value) === short(service) && value.includes('.amazonaws.')) ? 'open' : 'no';
}

function namedByAws(value: string, requester: Requester, kind: PolicyKind): Named {
  if (value === '*') return { direct: requester.service === undefined ? 'yes' : 'open', account: 'no' };
  if (requester.service !== undefined) return nobody;
  const owner = /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/.exec(value)?.[1];
  if (owner !== undefined) {
    // A gateway endpoint takes an account for its root user, not for its roles.
    // https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html#vpc-endpoint-policies-gateway
    if (kind === 'gateway-endpoint') return nobody;
    const account = requester.account ?? accountOf(requester.arn);
    return { direct: 'no', account: account === undefined ? 'open' : triOf(account === owner) };
  }
  const direct = namedByArn(value, requester);
  return { direct: kind === 'gateway-endpoint' && direct === 'yes' ? 'open' : direct, account: 'no' };
}

function namedByArn(value: string, { arn, id }: Requester): Tri {
  if (value.startsWith('arn:') && arn === undefined) return 'open';
  if (value === arn) return 'yes';
  // An id stands where a role was named that has been deleted since; a namesake made anew is somebody else.
  if (/^A(?:RO|ID)A[A-Z0-9]+$/.test(value)) return id === undefined ? 'open' : triOf(value === id);
  const [role, wanted] = [roleOf(arn ?? ''), roleOf(value)];
  if (!role || !wanted || role.account !== wanted.account || role.name !== wanted.name) return 'no';
  // A session is allowed what its role is. The path of the role does not show in the session.
  if (role.session !== undefined && wanted.session === undefined) return 'yes';
  // Which session a role will have is not known; two paths are two roles.
  return role.session === undefined && wanted.session !== undefined ? 'open' : 'no';
}

function roleOf(arn: string): { account: string; name: string; session?: string } | undefined {
  const [, account = '', path = ''] = /^arn:[^:]+:iam::(\d{12}):role\/(.+)$/.exec(arn) ?? [];
  if (path) return { account, name: path.split('/').at(-1) ?? path };
  const session = /^arn:[^:]+:sts::(\d{12}):assumed-role\/([^/]+)\/(.+)$/.exec(arn);
  return session
    ? { account: session[1] ?? '', name: session[2] ?? '', session: session[3] ?? '' }
    : undefined;
}

function accountOf(arn: string | undefined): string | undefined {
  return /^arn:[^:]+:[^:]+:[^:]*:(\d{12}):/.exec(arn ?? '')?.[1];
}

/**
 * Everybody but those named. To be left out, AWS asks for the role, its session and its account all to be named;
 * of less than that it says that it might match.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function outside(block: unknown, requester: Requester, kind: PolicyKind): Tri {
  const { direct, account } = named(block, requester, kind);
  if (requester.service !== undefined) return direct === 'open' ? 'open' : triOf(direct === 'no');
  if (direct === 'no' && account === 'no') return 'yes';
  const session = requester.arn !== undefined && roleOf(requester.arn)?.session !== undefined;
  return session && agreed([direct, account]) === 'yes' ? 'no' : 'open';
}
