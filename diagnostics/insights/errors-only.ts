import { field } from './query.ts';
import type { LogShape } from './shape.ts';

/** Words of lines that are errors, and of lines that only speak of them. */
const sounds = String.raw`(?i)\b(?:error|exception|fatal|panic|traceback|critical|unhandled|uncaught|failed|failure)|[a-z](?:Error|Exception)\b`;
const harmless = String.raw`(?i)\b(?:0|no|zero|without) (?:errors?|failures?|exceptions?)\b|\b(?:errors?|failures?|error_count|failed)["']?\s?[=:]\s?["']?(?:0\b|null|none|false|\[\])`;

/** Pino and bunyan count: 50 is error, 60 fatal. */
const numericError = 50;

/** The condition that keeps the errors: by the level where lines have one, else by words. */
export function errorsOnly({ fields, numericLevel }: LogShape): string {
  if (fields.level === undefined)
    return `filter @message like /${sounds}/ and @message not like /${harmless}/`;
  const level = field(fields.level);
  return numericLevel
    ? `filter ${level} >= ${numericError}`
    : `filter ${level} like /(?i)^(?:err|error|fatal|crit|critical|emerg|emergency|alert|panic|severe)$/`;
}

/**
 * What is clustered: of a JSON record its message alone. `pattern` takes a field that `parse` made, and not one that
 * Logs Insights found by itself.
 */
export function saying({ kind, fields }: LogShape): { commands: string[]; field: string } {
  if (kind !== 'json' || fields.message === undefined) return { commands: [], field: '@message' };
  const key = fields.message.split('.').at(-1) ?? fields.message;
  const name = key.replace(/[^A-Za-z0-9_-]/g, '\\$&');
  return { commands: [String.raw`parse @message /"${name}":\s?"(?<said>(?:[^"\\]|\\.)*)"/`], field: 'said' };
}

/** `<Token-2>` and `<Number-1>` stand for what differs; which is the how-manieth tells a reader nothing. */
export function patternWords(pattern: string): string {
  return pattern.replace(/<[A-Za-z ]+-\d+>|<\*>/g, '…').trim();
}
