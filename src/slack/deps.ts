import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { HelpTopic } from '#blocks/help.ts';
import type { Answer, CommandContext, EnvironmentSummary, Request } from '#commands/command.ts';
import type { Session } from '#src/aws/aws.ts';
import type { Follows } from './follow.ts';
import type { Once } from './once.ts';
import type { Identity, People, Person } from './people.ts';
import type { Poster } from './post.ts';
import type { ServiceLists } from './service-lists.ts';
import type { Threads } from './thread.ts';
import type { Work } from './work.ts';

/** By which door a request came in. */
export type Entry = 'command' | 'mention' | 'button' | 'menu' | 'shortcut' | 'modal' | 'options';

/** Who asks, and which conversation will see the answer: both count for access. */
export interface Asker {
  person: Person;
  /** Absent where there is none, as for a global shortcut. */
  channel?: string;
}

/** One use of the bot, for the audit log. */
export interface Use {
  entry: Entry;
  person: Person;
  channel?: string;
  request?: Request;
  outcome: 'answered' | 'refused' | 'usage' | 'failed';
  /** What was found, or why it was refused. */
  detail?: string;
  /** Calls made to AWS. */
  calls?: number;
  /** From the acknowledgement to the answer, milliseconds. */
  ms?: number;
}

/** What the bot needs from the rest of the program. */
export interface SlackDeps {
  log: Logger;
  audit(use: Use): void;
  /** The environments that this person may look at from there. Rejects when that cannot be told. */
  environmentsFor(
    asker: Asker,
    groups: (group: string) => Promise<ReadonlySet<string>>,
  ): Promise<readonly EnvironmentSummary[]>;
  /** Why an environment is closed to somebody, and whom to ask, in mrkdwn; nothing where there is no such one. */
  refusal(environment: string): string | undefined;
  /** User groups that some environment names, to be known before the first command. */
  groups: readonly string[];
  /** Every environment's name, whose services are listed before the first form is opened. */
  environments: readonly string[];
  /**
   * Opens an environment for a person.
   * @throws an error whose message is fit to be shown; UsageError where the region is another environment's
   */
  session(environment: string, person: Person, region?: string): Session;
  parseRequest(
    text: string,
    known: { environments: readonly EnvironmentSummary[]; defaults?: Partial<Request> },
  ): Request;
  runRequest(request: Request, context: CommandContext): Promise<Answer>;
  /** Subcommands that exist, as the help shows them. */
  topics: readonly HelpTopic[];
  /** The clusters and services of an environment, for the menus of the modal. */
  listServices(environment: string): Promise<readonly ServiceEntry[]>;
  now(): Date;
}

export interface ServiceEntry {
  cluster: string;
  service: string;
}

/** The bot's parts, as the listeners get them. */
export interface Bot {
  deps: SlackDeps;
  log: Logger;
  /** For what happens outside of a listener. */
  client: WebClient;
  identity(): Identity;
  people: People;
  poster: Poster;
  threads: Threads;
  services: ServiceLists;
  work: Work;
  follows: Follows;
  clicks: Once;
  deliveries: Once;
}
