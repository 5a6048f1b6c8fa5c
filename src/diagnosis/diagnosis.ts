import type { Logger } from 'pino';
import {
  type Answer,
  CannotLook,
  type EnvironmentSummary,
  type Report,
  type Request,
  UsageError,
} from '#commands/command.ts';
import { runRequest } from '#commands/index.ts';
import { type ServiceEntry, serviceIndex } from '#diagnostics/services.ts';
import { isOfAnother } from '../access.ts';
import type { Session } from '../aws/aws.ts';
import { createSessions } from '../aws/sessions.ts';
import type { Environment } from '../config.ts';

/** A request with all that it takes to carry it out; nothing in it but plain data, so that a thread can be asked. */
export interface Question {
  request: Request;
  /** Who asks, as it shall stand in CloudTrail. */
  identity: string;
  /** What the asker may look at: no other environment is opened. */
  environments: readonly EnvironmentSummary[];
  now: Date;
  /** Milliseconds for the whole answer. */
  deadline: number;
}

/** What goes on between a question and its answer. */
export interface Hearing {
  onProgress?: ((report: Report) => void) | undefined;
  /** Aborts, perhaps with a reason in words, where the answer is wanted no more. */
  signal?: AbortSignal | undefined;
}

/** The part of the program that asks AWS. */
export interface Diagnosis {
  /** @throws UsageError, CannotLook, or whatever went wrong */
  ask(question: Question, hearing?: Hearing): Promise<Answer>;
  /** The clusters and services of an environment, for a menu. */
  listServices(environment: string): Promise<readonly ServiceEntry[]>;
}

/** Milliseconds for the list that a menu shows; it is read ahead, so nobody waits for it. */
const menuDeadlineMs = 20_000;

/** How the bot itself stands in CloudTrail, when it lists services for a menu. */
const self = 'ecs-sleuth';

/** Diagnosis with sessions, clients and caches of its own. */
export function createDiagnosis(environments: readonly Environment[], log: Logger): Diagnosis {
  const sessions = createSessions({ environments, log });
  const byName = new Map(environments.map((environment) => [environment.name, environment]));

  function open({ identity, environments: allowed }: Question, name: string, region?: string): Session {
    if (!allowed.some((environment) => environment.name === name)) {
      throw new CannotLook(`You may not look at ${name} from here.`);
    }
    const environment = byName.get(name);
    if (environment !== undefined && region !== undefined && isOfAnother(environments, environment, region))
      throw new UsageError(
        `What runs in ${region} of account ${environment.account} belongs to another environment than ${name}: ask about it by that name.`,
      );
    try {
      return sessions.open(name, identity, region);
    } catch (error) {
      throw new CannotLook(error instanceof Error ? error.message : String(error), { cause: error });
    }
  }

  return {
    ask(question, { onProgress, signal } = {}) {
      const { request, environments: allowed, now, deadline } = question;
      return runRequest(request, {
        environments: allowed,
        session: (name, region) => open(question, name, region),
        now,
        deadline,
        ...(onProgress === undefined ? {} : { onProgress }),
        ...(signal === undefined ? {} : { signal }),
      });
    },
    async listServices(name) {
      const signal = AbortSignal.timeout(menuDeadlineMs);
      const aws = sessions.open(name, self).connect({ signal, started: () => () => {} });
      return (await serviceIndex(aws, byName.get(name)?.clusters)).entries;
    },
  };
}
