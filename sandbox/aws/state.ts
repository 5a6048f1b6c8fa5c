import type { CredentialStore } from './credentials.ts';
import type { Faults } from './faults.ts';
import type { CallRecord, UnexpectedRequest } from './record.ts';
import type { Account } from './world.ts';

/** What a running endpoint knows. */
export interface EndpointState {
  accounts: Account[];
  credentials: CredentialStore;
  faults: Faults;
  calls: CallRecord[];
  unexpected: UnexpectedRequest[];
  now: () => Date;
  /** Its own address, for answers that name it. */
  url: string;
}
