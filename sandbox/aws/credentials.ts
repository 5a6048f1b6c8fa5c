import { randomBytes, randomUUID } from 'node:crypto';

/** Long-lived credentials that exist from the start, like the bot's own before it assumes a role. */
export interface BaseCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** The account of the credentials' own user. */
  account: string;
  /** Whether they may read that account. Otherwise they may only call STS, as a bot's own role should. */
  reads: boolean;
}

/** Credentials that AssumeRole issued. */
export interface SessionCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiration: Date;
}

/** Who signs a request. */
export interface Caller {
  accessKeyId: string;
  account: string;
  arn: string;
  userId: string;
  /** Whether calls other than STS's are allowed at all. */
  reads: boolean;
  /** Absent for base credentials. */
  session?: { name: string; sourceIdentity?: string; token: string; expiration: Date };
}

export interface CredentialStore {
  find(accessKeyId: string): Caller | undefined;
  issue(session: NewSession): { credentials: SessionCredentials; caller: Caller };
}

export interface NewSession {
  roleArn: string;
  sessionName: string;
  sourceIdentity?: string;
  expiration: Date;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export function createCredentialStore(base: readonly BaseCredentials[]): CredentialStore {
  const callers = new Map(base.map((credentials) => [credentials.accessKeyId, baseCaller(credentials)]));
  const roleIds = new Map<string, string>();
  return {
    find: (accessKeyId) => callers.get(accessKeyId),
    issue(session) {
      const roleId = roleIds.get(session.roleArn) ?? uniqueId('AROA', 17);
      roleIds.set(session.roleArn, roleId);
      const [, partition = 'aws', , , account = '', resource = ''] = session.roleArn.split(':');
      const credentials = {
        accessKeyId: uniqueId('ASIA', 16),
        secretAccessKey: randomBytes(30).toString('base64'),
        sessionToken: `${randomUUID()}/${randomBytes(96).toString('base64')}`,
        expiration: session.expiration,
      };
      // STS leaves the role's path out: role/team/reader is assumed-role/reader.
      const roleName = resource.split('/').at(-1);
      const caller: Caller = {
        accessKeyId: credentials.accessKeyId,
        account,
        arn: `arn:${partition}:sts::${account}:assumed-role/${roleName}/${session.sessionName}`,
        userId: `${roleId}:${session.sessionName}`,
        reads: true,
        session: {
          name: session.sessionName,
          sourceIdentity: session.sourceIdentity,
          token: credentials.sessionToken,
          expiration: session.expiration,
        },
      };
      callers.set(caller.accessKeyId, caller);
      return { credentials, caller };
    },
  };
}

function baseCaller(credentials: BaseCredentials): Caller {
  return {
    accessKeyId: credentials.accessKeyId,
    account: credentials.account,
    arn: `arn:aws:iam::${credentials.account}:user/ecs-sleuth`,
    userId: uniqueId('AIDA', 17),
    reads: credentials.reads,
  };
}

function uniqueId(prefix: string, length: number): string {
  return prefix + Array.from(randomBytes(length), (byte) => letters.charAt(byte % letters.length)).join('');
}
