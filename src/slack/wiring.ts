import type { Logger } from 'pino';
import type { Request } from '#commands/command.ts';
import { commands } from '#commands/index.ts';
import { parseRequest } from '#commands/parse.ts';
import { parseReference } from '#diagnostics/reference.ts';
import { environmentsFor, groupsOf, refusal } from '../access.ts';
import { createAudit } from '../audit.ts';
import type { Environment } from '../config.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { SlackDeps } from './deps.ts';
import type { Person } from './people.ts';

/** The bot's needs, met by the real rest of the program. */
export function slackDeps(
  environments: readonly Environment[],
  log: Logger,
  diagnosis: Diagnosis,
): SlackDeps {
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
        ...(request === undefined ? {} : placeOf(request)),
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
    parseRequest,
    ask: ({ person, onProgress, signal, ...question }) =>
      diagnosis.ask({ ...question, identity: identityOf(person) }, { onProgress, signal }),
    topics: [...commands.values()].map(({ name, summary, usage, options, examples }) => ({
      name,
      summary,
      usage,
      options,
      examples,
    })),
    listServices: diagnosis.listServices,
    now: () => new Date(),
  };
}

/** The region, cluster and task that a request names, by an option or within an ARN or address. */
function placeOf({ service = '', options }: Request) {
  const reference = parseReference(service);
  const task = options.task === undefined ? undefined : parseReference(options.task);
  return {
    region: options.region ?? reference?.region ?? task?.region,
    cluster: options.cluster ?? reference?.cluster ?? task?.cluster,
    task: task?.task ?? options.task ?? reference?.task,
  };
}

/** A name to read and an id to trust: handles can be changed, and given to somebody else. */
function identityOf({ id, name }: Person): string {
  return name === undefined ? id : `${name}@${id}`;
}
