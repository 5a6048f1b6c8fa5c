/** Who may look at an environment: everybody in the workspace, or those for whom every given list matches. */
export type Allow = 'everyone' | { channels?: string[] | undefined; groups?: string[] | undefined };

/** One entry of the accounts file. */
export interface Environment {
  name: string;
  /** Twelve digits. */
  account: string;
  region: string;
  partition: string;
  /** Assumed through STS; without one the process's own credentials are used. */
  role?: string;
  externalId?: string;
  /** Names; absent: every cluster of the account and region. */
  clusters?: string[];
  allow?: Allow;
}
