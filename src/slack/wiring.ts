import type { Logger } from 'pino';
import { UsageError } from '#commands/command.ts';
import { commands, runRequest } from '#commands/index.ts';
import { parseRequest } from '#commands/parse.ts';
import { serviceIndex } from '#diagnostics/services.ts';
import { environmentsFor, groupsOf, isOfAnother, refusal } from '../access.ts';
import { createAudit } from '../audit.ts';
import { createSessions } from '../aws/sessions.ts';
import type { Environment } from '../config.ts';
import type { SlackDeps } from './deps.ts';
import type { Person } from './people.ts';

/** How the bot itself stands in CloudTrail, when it lists services for a menu. */
const self = 'ecs-sleuth';

/** The bot's needs, met by the real rest of the program. */
export function slackDeps(environments: readonly Environment[], log: Logger): SlackDeps {
  const sessions = createSessions({ environments, log });
  const audit = createAudit(log);
  const byName = new Map(environments.map((environment) => [environment.name, environment]));
  return {
    log,
    audit: ({ person, channel, entry, request, outcome, detail, calls, ms }) =>
      audit({
        user: person.id,
        team: person.team,
        channel,
        entry,
        command: request?.command,
        environment: request?.environment,
        service: request?.service,
        outcome,
        detail,
        calls,
        ms,
      }),
    environmentsFor: ({ person, channel }, membersOf) =>
      environmentsFor(environments, { user: person.id, channel }, membersOf, log),
    refusal(name) {
      const environment = byName.get(name);
      return environment === undefined ? undefined : refusal(environment);
    },
    groups: groupsOf(environments),
    environments: environments.map(({ name }) => name),
    session(name, person, region) {
      const environment = byName.get(name);
      if (environment !== undefined && region !== undefined && isOfAnother(environments, environment, region))
        throw new UsageError(
          `What runs in ${region} of account ${environment.account} belongs to another environment than ${name}: ask about it by that name.`,
        );
      return sessions.open(name, identityOf(person), region);
    },
    parseRequest,
    runRequest,
    topics: [...commands.values()].map(({ name, summary, usage, options, examples }) => ({
      name,
      summary,
      usage,
      options,
      examples,
    })),
    listServices: (name) => serviceIndex(sessions.open(name, self), byName.get(name)?.clusters),
    now: () => new Date(),
  };
}

/** A name to read and an id to trust: handles can be changed, and given to somebody else. */
function identityOf({ id, name }: Person): string {
  return name === undefined ? id : `${name}@${id}`;
}
