import type { Aws } from '#src/aws/aws.ts';
import type { LogPage } from './log-page.ts';
import type { Details, Target } from './report.ts';

/** What narrows an investigation beside its target. */
export interface Scope {
  now: Date;
  /** Look back to here; absent: as far as AWS remembers. */
  since?: Date;
  /** Only this container. */
  container?: string;
  /** Only log lines that hold this text. */
  filter?: string;
  /** The other end, where the question is about a connection. */
  to?: OtherEnd;
  /** Only log entries that are errors. */
  errors?: boolean;
  /** The first lines of a log instead of the last. */
  head?: boolean;
  /** Of the revision before the one that is deployed. */
  previous?: boolean;
  /** Of running tasks, even where others have failed. */
  running?: boolean;
  /** Log lines from there on, instead of the newest. */
  page?: LogPage;
  /** Name of the query of Logs Insights to run; absent: the first of the library. */
  query?: string;
  /** Only what the newest deployment of the service started. */
  deployment?: boolean;
  /** CloudTrail is asked who made the changes. */
  who?: boolean;
  /** The images are what is asked about: they are looked at also where no text speaks of them. */
  images?: boolean;
  /** For which platforms they are built is read too, which costs a manifest and perhaps a layer each. */
  platform?: boolean;
}

/** A service of the same cluster, or a host or address; the port where one was named. */
export type OtherEnd =
  | { kind: 'service'; name: string; port?: number }
  | { kind: 'host'; host: string; port: number };

/** What a fact source is given to load itself with. */
export interface FactContext {
  target: Target;
  scope: Scope;
  aws: Aws;
  /** AWS in another region of the account: logs may go to one. */
  awsIn(region: string | undefined): Aws;
  /** Aborts when the time for the answer is up, or when whoever asked wants no more of it. */
  signal: AbortSignal;
  /**
   * AWS for beginning there what goes on by itself: a call under way when the signal aborts has a few seconds more,
   * since only its answer tells how to end it.
   */
  beginning(region: string | undefined): Aws;
  /** AWS for ending what a fact has begun there: the signal does not cut its calls short, a few seconds do. */
  ending(region: string | undefined): Aws;
  /** Shows what is known while the fact still loads. It is shown until the next check has judged, and judged by none. */
  tell(details: Partial<Details>): void;
  /** Reads another fact; both pay for it once. @throws FactFailure */
  read<Value>(source: FactSource<Value>): Promise<Value>;
  read<Value, Key>(source: FactSource<Value, Key>, key: Key): Promise<Value>;
  /** As `read`, for a fact that this one can do without. */
  settle<Value>(source: FactSource<Value>): Promise<Settled<Value>>;
  settle<Value, Key>(source: FactSource<Value, Key>, key: Key): Promise<Settled<Value>>;
}

/** One thing read from AWS for an investigation. */
export interface FactSource<Value, Key = undefined> {
  id: string;
  /** What it is, in words that read on after "not checked: ". */
  what: string;
  /** IAM actions that its own calls need. */
  actions: readonly string[];
  load(context: FactContext, key: Key): Promise<Value>;
}

export type Settled<Value> = { ok: true; value: Value } | { ok: false; failure: FactFailure };

/** What was read; undefined where it could not be, or has not come yet. */
export function readOf<Value>(settled: Settled<Value> | undefined): Value | undefined {
  return settled?.ok ? settled.value : undefined;
}

export type FailureReason =
  | 'AccessDenied'
  | 'Throttled'
  | 'Timeout'
  | 'Unreachable'
  | 'NotFound'
  | 'Credentials'
  | 'NotSaved'
  | 'Failed';

/** A fact that could not be had. It costs only what depends on it. */
export class FactFailure extends Error {
  override name = 'FactFailure';
  readonly reason: FailureReason;
  /** The IAM action that was refused. */
  readonly missing: string | undefined;
  constructor(message: string, reason: FailureReason, missing?: string) {
    super(message);
    this.reason = reason;
    this.missing = missing;
  }
}

export function defineFact<Value, Key = undefined>(source: FactSource<Value, Key>): FactSource<Value, Key> {
  return source;
}
