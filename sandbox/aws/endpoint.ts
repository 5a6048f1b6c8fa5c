import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerRequest } from './answer.ts';
import { type BaseCredentials, createCredentialStore } from './credentials.ts';
import { createFaults, type Faults } from './faults.ts';
import type { CallRecord, UnexpectedRequest } from './record.ts';
import { actions } from './services.ts';
import type { EndpointState } from './state.ts';
import type { Account } from './world.ts';

export interface EndpointOptions {
  accounts: Account[];
  /** 0 or absent: any free port. */
  port?: number;
  /** Long-lived credentials; absent: one pair that may only call STS. */
  baseCredentials?: BaseCredentials[];
  /** The endpoint's clock, by which sessions expire. */
  now?: () => Date;
}

/** A running endpoint: every AWS service in use, at one address. */
export interface AwsEndpoint {
  /** For `AWS_ENDPOINT_URL`. */
  url: string;
  /** For `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`: the first of the base credentials. */
  credentials: BaseCredentials;
  /** Every request so far, in order of arrival. */
  calls: CallRecord[];
  /** Requests that the sandbox has no answer for. A test must find this empty. */
  unexpected: UnexpectedRequest[];
  faults: Faults;
  /** Replaces what the accounts hold; sessions stay valid. */
  setAccounts(accounts: Account[]): void;
  /** Closes the connections on which nothing is asked: those of clients that are used no more stay open else. */
  closeIdle(): void;
  /** Stops at once, cutting calls that hang. */
  close(): Promise<void>;
}

const stsOnly: BaseCredentials = {
  accessKeyId: 'AKIASANDBOXBASE00000',
  secretAccessKey: 'sandbox-base-secret',
  account: '111111111111',
  reads: false,
};

/**
 * Starts an HTTP endpoint that unchanged AWS SDK clients take for AWS.
 *
 * @throws when the port is taken
 */
export async function startAwsEndpoint(options: EndpointOptions): Promise<AwsEndpoint> {
  const base = options.baseCredentials ?? [stsOnly];
  const state: EndpointState = {
    accounts: options.accounts,
    credentials: createCredentialStore(base),
    faults: createFaults(actions()),
    calls: [],
    unexpected: [],
    now: options.now ?? (() => new Date()),
    url: '',
  };
  const server = createServer((request, response) => {
    answerRequest(state, request, response).catch((error: unknown) => {
      state.unexpected.push({ service: '', operation: '', reason: String(error) });
      response.destroy();
    });
  });
  // The SDK's connection pool keeps sockets open for long; a server that hangs up first makes its next call fail.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  state.url = `http://127.0.0.1:${port}`;
  return {
    url: state.url,
    credentials: base[0] ?? stsOnly,
    calls: state.calls,
    unexpected: state.unexpected,
    faults: state.faults,
    setAccounts(accounts) {
      state.accounts = accounts;
    },
    closeIdle: () => server.closeIdleConnections(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
