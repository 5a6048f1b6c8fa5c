import type { IncomingHttpHeaders } from 'node:http';
import type { Caller, CredentialStore } from './credentials.ts';
import { commonFailure } from './errors.ts';
import type { Account } from './world.ts';

/** What a Signature Version 4 header says it signs with, for and where. */
export interface CredentialScope {
  accessKeyId: string;
  region: string;
  /** The service's signing name. */
  service: string;
}

/**
 * Reads the credential scope: `Credential=KEY/DATE/REGION/SERVICE/aws4_request`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 *
 * @returns undefined for a request that is not signed
 */
export function credentialScope(headers: IncomingHttpHeaders): CredentialScope | undefined {
  const match = headers.authorization?.match(
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request,/,
  );
  const [, accessKeyId, region, service] = match ?? [];
  return accessKeyId && region && service ? { accessKeyId, region, service } : undefined;
}

/**
 * Finds who signed. The signature itself is taken on trust: nobody but a holder of the secret knows the
 * access key that the endpoint made up.
 *
 * @throws AwsError for a key the endpoint never issued, a token that is not the key's, or a session that is over
 */
export function identify(
  scope: CredentialScope,
  token: string | string[] | undefined,
  store: CredentialStore,
  now: Date,
): Caller {
  const caller = store.find(scope.accessKeyId);
  if (!caller || caller.session?.token !== token) {
    throw commonFailure('unknown-key', 'The security token included in the request is invalid.');
  }
  if (caller.session && caller.session.expiration <= now) {
    throw commonFailure('expired-key', 'The security token included in the request is expired');
  }
  return caller;
}

/**
 * Finds the account and region that a call is about.
 *
 * @throws AwsError when the region is none of the account's
 */
export function accountFor(
  caller: Caller,
  scope: CredentialScope,
  global: boolean,
  accounts: readonly Account[],
): Account {
  const own = accounts.filter((account) => account.id === caller.account);
  const account = global
    ? own[0]
    : (own.find(({ region }) => region === scope.region) ?? elsewhere(own, scope));
  if (!account) throw commonFailure('wrong-region', 'Credential should be scoped to a valid region.');
  return account;
}

/** The account in another of its regions, which holds only what its world tells of it. */
function elsewhere([account]: readonly Account[], { region }: CredentialScope): Account | undefined {
  const world = account?.world.otherRegions?.[region];
  if (!account || !world) return undefined;
  return { ...account, region, world: { ...nothing, ...world } };
}

const nothing = {
  clusters: [],
  services: [],
  tasks: [],
  taskDefinitions: [],
  containerInstances: [],
  serviceDeployments: [],
  serviceRevisions: [],
  targetGroups: [],
  loadBalancers: [],
  targetHealth: {},
  logGroups: [],
} satisfies Account['world'];

/** The sentence with which IAM refuses: who, what, on which resource, and why. */
export function deniedMessage(
  caller: Caller,
  action: string,
  resource: string | undefined,
  explicit = false,
): string {
  const where = resource === undefined ? '' : ` on resource: ${resource}`;
  const why = explicit
    ? 'with an explicit deny in an identity-based policy'
    : `because no identity-based policy allows the ${action} action`;
  return `User: ${caller.arn} is not authorized to perform: ${action}${where} ${why}`;
}
