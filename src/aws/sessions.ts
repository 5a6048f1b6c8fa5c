import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Environment } from '../config.ts';
import { createAnswers } from './answers.ts';
import { sourceIdentity } from './assume-role.ts';
import type { Session } from './aws.ts';
import { type Budget, createBudget } from './budget.ts';
import { type Clients, createClients } from './clients.ts';
import { connect, type Shared } from './connect.ts';
import { type CredentialSource, createCredentialSources } from './credentials.ts';
import { createFlights } from './flights.ts';
import { createRequestHandler } from './http.ts';
import { isRegion, partitionOf } from './partition.ts';

/** Sessions kept, each with its clients; more people than this at once only cost a further AssumeRole. */
const kept = 500;

export interface Sessions {
  /**
   * Access to an environment for a person. Nothing is asked of AWS before the first call.
   *
   * @param person who asks, as it shall stand in CloudTrail
   * @param region another region of the same account and partition
   * @throws Error with a sentence when there is no such environment or region
   */
  open(environment: string, person: string, region?: string): Session;
}

interface Options {
  environments: readonly Environment[];
  log: Logger;
  budget?: Budget;
  /** The connections to AWS; whoever opens sessions again and again keeps one pool for all of them. */
  requestHandler?: object;
}

interface Identity {
  credentials: CredentialSource;
  clients: Clients;
  clockSkew?: number;
}

/** Sessions of all environments. Credentials, clients, answers and budgets are shared as far as they may be. */
export function createSessions({
  environments,
  log,
  budget = createBudget(),
  requestHandler = createRequestHandler(),
}: Options): Sessions {
  const byName = new Map(environments.map((environment) => [environment.name, environment]));
  const sources = createCredentialSources(log, requestHandler);
  const identities = new LRUCache<string, Identity>({ max: kept });
  const shared: Shared = { answers: createAnswers(), flights: createFlights(), budget };

  function identify(environment: Environment, person: string): Identity {
    const { role, account } = environment;
    // Without a role everybody is the process itself.
    const name = role === undefined ? 'own' : sourceIdentity(person);
    const key = `${environment.name} ${name}`;
    const known = identities.get(key);
    if (known) return known;
    const credentials =
      role === undefined ? sources.own(environment) : sources.role({ ...environment, role }, name);
    const identity: Identity = {
      credentials,
      clients: createClients({
        credentials,
        requestHandler,
        retried: (action, region) => budget.spend({ account, region }, action),
        throttled: (action, region) => budget.drain({ account, region }, action),
        clock: (skew) => {
          identity.clockSkew = skew;
        },
      }),
    };
    identities.set(key, identity);
    return identity;
  }

  const sessions: Sessions = {
    open(environmentName, person, region) {
      const environment = byName.get(environmentName);
      if (!environment) throw new Error(`There is no environment ${environmentName} in the accounts file.`);
      const place = region ?? environment.region;
      const { name, account, partition } = environment;
      if (!isRegion(place) || partitionOf(place) !== partition) {
        throw new Error(
          `${place} is not a region of partition ${partition}, in which environment ${name} lies.`,
        );
      }
      const identity = identify(environment, person);
      const forget = () => {
        for (const [key, one] of identities.entries()) if (one === identity) identities.delete(key);
      };
      const connection = {
        environment: name,
        account,
        region: place,
        ...identity,
        forget,
      };
      return {
        environment: name,
        account,
        region: place,
        partition,
        connect: (observer) => connect(connection, shared, observer),
        inRegion: (other) => sessions.open(name, person, other),
        clockSkew: () => identity.clockSkew,
      };
    },
  };
  return sessions;
}
