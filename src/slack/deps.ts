import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { HelpTopic } from '#blocks/help.ts';
import type { Answer, EnvironmentSummary, Report, Request } from '#commands/command.ts';
import type { FixReports } from './fix-reports.ts';
import type { Follows } from './follow.ts';
import type { Once } from './once.ts';
import type { Identity, People, Person } from './people.ts';
import type { Poster } from './post.ts';
import type { ServiceLists } from './service-lists.ts';
import type { Threads } from './thread.ts';
import type { Unfinished } from './unfinished.ts';
import type { Work } from './work.ts';

/** By which door a request came in. */
export type Entry = 'command' | 'mention' | 'button' | 'menu' | 'shortcut' | 'modal' | 'options' | 'follow';

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

/** A question as the bot hands it to the rest of the program. */
export interface Asked {
  request: Request;
  person: Person;
  /** What the person may look at: no other environment is opened. */
  environments: readonly EnvironmentSummary[];
  now: Date;
  /** Milliseconds for the whole answer. */
  deadline: number;
  onProgress?: ((report: Report) => void) | undefined;
  /** Aborts where the answer is wanted no more; what was begun at AWS is ended then. */
  signal?: AbortSignal | undefined;
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
  parseRequest(
    text: string,
    known: { environments: readonly EnvironmentSummary[]; defaults?: Partial<Request> },
  ): Request;
  /** Carries a question out. @throws UsageError, CannotLook, or whatever went wrong */
  ask(question: Asked): Promise<Answer>;
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
  unfinished: Unfinished;
  /** What is followed; each settles when its message says that it no longer is, or that it never was. */
  endings: Set<Promise<void>>;
  /** Aborts when the process is told to end, for what would take longer than it may. */
  ending: AbortController;
  fixes: FixReports;
  clicks: Once;
  deliveries: Once;
}
