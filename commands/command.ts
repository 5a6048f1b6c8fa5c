import type { Report, Target } from '#diagnostics/report.ts';
import type { Session } from '#src/aws/aws.ts';

/** What somebody asked for, read from a slash command, a mention, a button, a modal or the command line. */
export interface Request {
  command: string;
  /** A service name (perhaps partial), task id, ARN or console address, as given. */
  service?: string;
  environment?: string;
  /** The other end of `connect`: a service, `service:port`, `host:port` or `address:port`. */
  to?: string;
  /** Everything after `explain`. */
  text?: string;
  options: RequestOptions;
}

export interface RequestOptions {
  cluster?: string;
  region?: string;
  /** Milliseconds back from now. */
  since?: number;
  /** Task id. */
  task?: string;
  container?: string;
  filter?: string;
  /** A task definition family where no service is meant. */
  family?: string;
  /** Read for which platforms the images are built, though nothing speaks of it. */
  platform?: boolean;
  /** Only log entries that are errors. */
  errors?: boolean;
  /** The first lines of a log instead of the last. */
  head?: boolean;
  /** Of the revision before the one that is deployed. */
  previous?: boolean;
  /** Of running tasks, even where others have failed. */
  running?: boolean;
  /** A page of logs, as `log-page.ts` writes it: buttons alone ask for one. */
  page?: string;
  /** Name of a query of Logs Insights. */
  query?: string;
  /** Against the span of the same length before. */
  compare?: boolean;
  /** Search more than a day of log, which may cost money. */
  wide?: boolean;
  /** Id of a query of Logs Insights to be stopped: buttons alone ask for it. */
  cancel?: string;
  /** Keep the answer up to date until what it is about has ended. */
  follow?: boolean;
  /** Ask CloudTrail who made the changes. */
  who?: boolean;
  /** The timeline as Markdown, for a post-mortem. */
  markdown?: boolean;
  /** Answer only the asker (Slack). */
  private?: boolean;
}

/** How a command reaches the world. The same for Slack and the terminal. */
export interface CommandContext {
  /** Names of the environments that the asker may look at. */
  environments: readonly EnvironmentSummary[];
  /** Opens an environment for the asker. @throws an error whose message is fit to be shown. */
  session(environment: string, region?: string): Session;
  now: Date;
  /** Milliseconds for the whole answer. */
  deadline: number;
  /** Ends early what goes on by itself, such as following. */
  signal?: AbortSignal;
  /** Called with a provisional report whenever a check has judged; the last one is not final. */
  onProgress?(report: Report): void;
  /** Saved facts: written after the run, or read instead of AWS. */
  facts?: { save(text: string): void } | { load: string };
}

export interface EnvironmentSummary {
  name: string;
  account: string;
  region: string;
  clusters?: readonly string[];
  /** ARN of the role that is assumed; absent: the process's own credentials. */
  role?: string;
}

/** One environment as `doctor` sees it. */
export interface DoctorRow {
  environment: string;
  account: string;
  region: string;
  role: string;
  /** The assumed role's ARN, or why it could not be assumed. */
  assumed: { ok: true; arn: string } | { ok: false; reason: string; fix: string };
  /** Actions that were refused, by the command that needs them. */
  missing: { action: string; needed: string[] }[];
  /** Actions that could not be tried, with the reason. */
  untested: { action: string; reason: string }[];
  /** AWS's clock minus ours, milliseconds; absent where AWS did not answer. */
  clockSkewMs?: number;
}

/** What comes of a command. */
export type Answer =
  | { kind: 'report'; report: Report }
  | { kind: 'doctor'; asOf: string; rows: DoctorRow[] }
  | { kind: 'help'; topic?: string }
  /** Something was done that leaves nothing to report. */
  | { kind: 'done'; text: string }
  /** More than one thing fits: the asker chooses. `request` is completed by the choice. */
  | { kind: 'choice'; question: string; choices: { label: string; request: Request }[] };

/** A request that cannot be carried out as it stands. The message says what was wrong and what would be right. */
export class UsageError extends Error {
  override name = 'UsageError';
  /** Commands as they could be typed instead, best first. */
  readonly suggestions: readonly string[];
  constructor(message: string, suggestions: readonly string[] = []) {
    super(message);
    this.suggestions = suggestions;
  }
}

/** What was asked for could not be looked at. The message says why, and is fit to be shown. */
export class CannotLook extends Error {
  override name = 'CannotLook';
}

export interface Command {
  name: string;
  /** One line for the help. */
  summary: string;
  /** `SERVICE ENVIRONMENT`, `FROM TO ENVIRONMENT`, `TEXT`, or nothing. */
  usage: string;
  /** Option names it takes, without dashes. */
  options: readonly (keyof RequestOptions)[];
  examples: readonly string[];
  /** Milliseconds for its answer where it takes longer than others; whoever asked may end it early then. */
  patience?: number;
  /** It may begin a query at AWS, which goes on and is billed until it is stopped: whoever ends the program ends that first. */
  queries?: true;
  /** Ids of the checks it begins with; `doctor` works out the rights it needs from them. */
  checks?: readonly string[];
  run(request: Request, context: CommandContext): Promise<Answer>;
}

/** Re-exported so that callers of commands need not know where it lives. */
export type { Report, Target };
