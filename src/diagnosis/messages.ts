import { type Answer, CannotLook, type Report, UsageError } from '#commands/command.ts';
import type { ServiceEntry } from '#diagnostics/services.ts';
import type { Environment } from '../config.ts';
import type { Question } from './diagnosis.ts';

/** What the thread is started with. */
export interface Start {
  environments: readonly Environment[];
  logLevel: string;
}

/** To the thread. `end` says why the answer to the order of that number is wanted no more, where words say so. */
export type Order = { id: number } & ({ ask: Question } | { listServices: string } | { end: string | null });

/** From the thread: any number of provisional reports, then one of the others. */
export type Reply = { id: number } & (
  | { provisional: Report }
  | { answer: Answer }
  | { services: readonly ServiceEntry[] }
  | { fault: Fault }
);

/** An error as plain data: a clone between threads would lose what it is and what it suggests. */
interface Fault {
  kind: 'usage' | 'cannot-look' | 'error';
  message: string;
  suggestions?: readonly string[];
  stack?: string | undefined;
}

export function faultOf(error: unknown): Fault {
  if (error instanceof UsageError) {
    return { kind: 'usage', message: error.message, suggestions: error.suggestions };
  }
  if (error instanceof CannotLook) return { kind: 'cannot-look', message: error.message };
  if (error instanceof Error) return { kind: 'error', message: error.message, stack: error.stack };
  return { kind: 'error', message: String(error) };
}

export function errorOf({ kind, message, suggestions, stack }: Fault): Error {
  if (kind === 'usage') return new UsageError(message, suggestions);
  if (kind === 'cannot-look') return new CannotLook(message);
  return Object.assign(new Error(message), stack === undefined ? {} : { stack });
}
