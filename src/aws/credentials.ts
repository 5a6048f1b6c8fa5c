import type { STS } from '@aws-sdk/client-sts';
import type { Logger } from 'pino';
import type { Environment } from '../config.ts';
import { assumeRole, credentialsFailure, type RoleEnvironment, verifyAccount } from './assume-role.ts';
import { AwsFailure, failureOf } from './failure.ts';
import { createRequestHandler } from './http.ts';
import { maxAttempts } from './retry.ts';
import type { Credentials } from './services.ts';

/** A session is renewed when it has this long to live, in milliseconds; the SDK's clients count the same way. */
const margin = 5 * 60_000;
/** Milliseconds for the question whose the own credentials are. */
const patience = 5_000;

/** Credentials that stay good: fetched once however many ask, renewed in time, a failure never remembered. */
export type CredentialSource = () => Promise<Credentials>;

export interface CredentialSources {
  /** Those of the environment's role, assumed for this person. */
  role(environment: RoleEnvironment, identity: string): CredentialSource;
  /** The process's own, once it is known that they are of the environment's account. */
  own(environment: Environment): CredentialSource;
}

export function createCredentialSources(
  log: Logger,
  requestHandler: object = createRequestHandler(),
): CredentialSources {
  const stsByRegion = new Map<string, Promise<STS>>();
  let chain: CredentialSource | undefined;

  /** The SDK's default chain, which remembers and renews what it finds. */
  async function process(): Promise<Credentials> {
    if (!chain) {
      const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
      chain ??= fromNodeProviderChain();
    }
    return chain();
  }

  // A regional endpoint, since tokens of the global one are not valid in every region.
  async function regional(region: string): Promise<STS> {
    const { STS } = await import('@aws-sdk/client-sts');
    return new STS({ region, credentials: process, requestHandler, maxAttempts });
  }

  function stsIn(region: string): Promise<STS> {
    const known = stsByRegion.get(region) ?? regional(region);
    stsByRegion.set(region, known);
    return known;
  }

  /** Own credentials that STS does not take are looked for anew next time: a profile may have been renewed. */
  async function withOwn<Value>(region: string, use: (sts: STS) => Promise<Value>): Promise<Value> {
    try {
      return await use(await stsIn(region));
    } catch (error) {
      const { reason, action } = failureOf(error);
      if (reason === 'Credentials' && action === undefined) {
        chain = undefined;
        stsByRegion.clear();
      }
      throw error;
    }
  }

  return {
    role: (environment, identity) =>
      renewed(log, environment.name, () =>
        withOwn(environment.region, (sts) => assumeRole(sts, environment, identity)),
      ),
    own(environment) {
      // Renewed credentials may be another identity's: a profile was edited, an instance got another role.
      const verified = oncePer(() => withOwn(environment.region, (sts) => verifyOwn(sts, environment)));
      return async () => {
        const credentials = await process();
        await verified(credentials.accessKeyId);
        return credentials;
      };
    },
  };
}

async function verifyOwn(sts: STS, environment: Environment): Promise<void> {
  let arn: string | undefined;
  try {
    ({ Arn: arn } = await sts.getCallerIdentity({}, { abortSignal: AbortSignal.timeout(patience) }));
  } catch (error) {
    const failure = failureOf(error, { service: 'sts', operation: 'GetCallerIdentity', input: {} });
    const message = `It could not be verified that the own credentials of ecs-sleuth are of account ${environment.account} (environment ${environment.name}): ${failure.message}`;
    if (failure.reason !== 'Credentials') throw new AwsFailure({ ...failure, message }, error);
    const fix = `Start ecs-sleuth with AWS credentials of account ${environment.account}, or give environment ${environment.name} a role.`;
    throw credentialsFailure(failure.name, message, fix, error);
  }
  verifyAccount(arn, environment);
}

/** Runs again for another key, and after a failure. */
function oncePer(run: () => Promise<void>): (key: string) => Promise<void> {
  let running: { key: string; done: Promise<void> } | undefined;
  return (key) => {
    if (running?.key !== key) {
      const mine = { key, done: run() };
      mine.done.catch(() => {
        if (running === mine) running = undefined;
      });
      running = mine;
    }
    return running.done;
  };
}

function renewed(log: Logger, environment: string, fetch: CredentialSource): CredentialSource {
  let held: Credentials | undefined;
  let fetching: Promise<Credentials> | undefined;

  async function renew(): Promise<Credentials> {
    try {
      held = await fetch();
      return held;
    } catch (error) {
      // STS being out of reach says nothing about the session that it gave before; a refusal ends it.
      const { reason, message } = failureOf(error);
      if (held && lifeLeft(held) > 0 && ['Throttled', 'Timeout', 'Unreachable'].includes(reason)) {
        log.warn({ environment, reason, failure: message }, 'A session could not be renewed yet');
        return held;
      }
      held = undefined;
      throw error;
    } finally {
      fetching = undefined;
    }
  }

  return async () => {
    if (held && lifeLeft(held) >= margin) return held;
    fetching ??= renew();
    return fetching;
  };
}

function lifeLeft({ expiration }: Credentials): number {
  return expiration ? expiration.getTime() - Date.now() : Number.POSITIVE_INFINITY;
}
