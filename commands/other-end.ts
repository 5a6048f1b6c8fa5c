import { isIP } from 'node:net';
import type { OtherEnd } from '#diagnostics/fact.ts';
import { parseReference } from '#diagnostics/reference.ts';
import { type Command, type Request, UsageError } from './command.ts';

/**
 * `connect` takes two ends: the second word, or the only one in a thread that is about a service already. What is left
 * reads like any other target. @throws UsageError
 */
export function takeOtherEnd(
  { name, usage }: Command,
  words: readonly string[],
  isEnvironment: (word: string) => boolean,
  defaults: Partial<Request>,
): { to?: string; rest: readonly string[] } {
  if (!usage.startsWith('FROM TO')) return { rest: words };
  const ends = words.flatMap((word, at) => (isEnvironment(word) ? [] : [at]));
  const [first = -1, second] = ends;
  const alone = ends.length === 1 && defaults.service !== undefined && words[first] !== defaults.service;
  const taken = alone ? first : second;
  if (taken === undefined || ends.length > 2)
    throw new UsageError(`${name} takes two ends and an environment: ${name} ${usage}.`, [
      `${name} web api prod`,
    ]);
  const to = words[taken] ?? '';
  return { to, rest: words.filter((_, at) => at !== taken) };
}

/** The other end as it was typed: a task stands for the service that it belongs to. */
export type TypedEnd = OtherEnd | { kind: 'task'; task: string; port?: number };

/**
 * `api`, `api:8080`, the ARN or the console's address of a service or a task, a task's id, `db.example.com:5432`,
 * `10.0.0.4:5432`, `[fd00::1]:5432`. @throws UsageError
 */
export function otherEndOf(typed: string): TypedEnd {
  const reference = parseReference(typed);
  if (reference?.task !== undefined) return { kind: 'task', task: reference.task };
  if (reference?.service !== undefined) return { kind: 'service', name: reference.service };
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|(.+?))(?::(\d{1,5}))?$/.exec(typed) ?? [];
  const whole = isIP(typed) !== 0;
  const name = whole ? typed : (bracketed ?? plain ?? typed);
  const port = whole || digits === undefined ? undefined : Number(digits);
  if (port !== undefined && (port < 1 || port > 65_535))
    throw new UsageError(`${port} is no port; it lies between 1 and 65535.`);
  if (isIP(name) !== 0 || name.includes('.')) {
    const isName = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(name) && !/^[\d.]+$/.test(name);
    if (isIP(name) === 0 && !isName) throw new UsageError(`“${typed}” is no service, host or address.`);
    return { kind: 'host', host: name, port: port ?? 443 };
  }
  if (!/^[\w-]{1,255}$/.test(name)) throw new UsageError(`“${typed}” is no service, host or address.`);
  return { kind: 'service', name, ...(port !== undefined && { port }) };
}
