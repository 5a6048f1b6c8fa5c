import { type Problem, slackLine } from '../block-kit/problem.ts';
import type { Core } from '../core.ts';
import type { Tier } from '../faults.ts';
import { type Json, parseJson } from '../json.ts';

/** An answer of the form `{ok: false, error}`. */
export class SlackFailure extends Error {
  readonly error: string;
  readonly detail: Record<string, unknown>;

  constructor(error: string, detail: Record<string, unknown> = {}) {
    super(error);
    this.error = error;
    this.detail = detail;
  }
}

export type Args = Record<string, unknown>;

/** One Web API method. */
export interface Method {
  /** Which kind of token it wants. */
  token: 'bot' | 'app' | 'none';
  /** The scopes of which one is needed; none by default. */
  scopes?: readonly string[];
  tier: Tier;
  /** Answers without `ok`; throws a SlackFailure to refuse. */
  handle(core: Core, args: Args): Record<string, unknown>;
}

export function text(args: Args, name: string): string | undefined {
  const value = args[name];
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}

/** A required argument; Slack names a missing one in the response's metadata. */
export function required(args: Args, name: string, error = 'invalid_arguments'): string {
  const value = text(args, name);
  if (value) return value;
  throw new SlackFailure(error, {
    response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
  });
}

export function flag(args: Args, name: string): boolean {
  const value = args[name];
  return value === true || value === 'true' || value === '1' || value === 1;
}

/** A structured argument: JSON inside a form field, or plain in a JSON body. */
export function structured(args: Args, name: string, error = 'invalid_arguments'): Json | undefined {
  const value = args[name];
  if (value === undefined || value === null || value === '') return undefined;
  const parsed = typeof value === 'string' ? parseJson(value) : (value as Json);
  if (parsed === undefined) throw new SlackFailure(error);
  return parsed;
}

/** Throws the error that Slack has for such problems, with its lines. */
export function refuse(problems: readonly Problem[], error: string): void {
  if (problems.length === 0) return;
  const name = problems.every((problem) => problem.code === 'too_long_in_total')
    ? 'msg_blocks_too_long'
    : error;
  throw new SlackFailure(name, {
    errors: problems.map(({ message, pointer }) => `${message} [json-pointer:${pointer}]`),
    response_metadata: { messages: problems.map(slackLine) },
  });
}
