import { type Level, levelNamed, levelOf } from './level.ts';

/** A log record as its own fields tell it. */
export interface JsonLine {
  level?: Level;
  /** The message with what else tells it apart, and below it the stack where one is in the record. */
  text: string;
  /** ISO 8601, by the record itself. */
  at?: string;
}

const levelFields = [
  'level',
  'severity',
  'lvl',
  'levelname',
  'log.level',
  'loglevel',
  'log_level',
  'severity_text',
  'severitytext',
  '@l',
  's',
];
const messageFields = [
  'message',
  'msg',
  '@m',
  '@mt',
  'log',
  'renderedmessage',
  'short_message',
  'event',
  'text',
  'body',
  'error_message',
];
const timeFields = ['time', 'timestamp', '@timestamp', '@t', 'ts', 'datetime', 'date', 'asctime', 't'];
const stackFields = [
  'stack',
  'stack_trace',
  'stacktrace',
  'exception',
  'exc_info',
  'traceback',
  '@x',
  'error.stack_trace',
];
const errorFields = ['err', 'error', 'exception', 'cause'];

/** Fields that are the same in every record of a process, or that the answer shows beside it. */
const dull = new Set(
  'v pid hostname host name logger logger_name thread thread_name version @version container_id container_name ecs_cluster ecs_task_arn ecs_task_definition source ec2_instance_id severity_number dd traceflags @i caller'.split(
    ' ',
  ),
);

const extrasAtMost = 6;
const extraLength = 120;
/** FireLens wraps a line that may be a record itself; nobody wraps deeper. */
const depthAtMost = 3;
/** Longer than CloudWatch lets an event be. */
const longest = 1_100_000;

/** Reads a line that is one JSON object with a message; undefined where it is none. */
export function readJsonLine(line: string, depth = 0): JsonLine | undefined {
  if (line.length < 2 || line.length > longest || depth > depthAtMost) return undefined;
  const record = recordOf(line);
  if (record === undefined) return undefined;
  const fields = new Map(Object.entries(flattened(record)).map(([key, value]) => [key.toLowerCase(), value]));
  const level = first(fields, levelFields, (value) => levelNamed(value));
  const at = first(fields, timeFields, timeOf);
  const message = first(fields, messageFields, textOf);
  const error = first(fields, errorFields, errorOf);
  const said = message?.value ?? error?.value.message;
  if (said === undefined) return undefined;
  // FireLens and Docker put the line into a record; what the line itself says counts more.
  const inner = message?.key === 'log' || depth > 0 ? readJsonLine(said.trim(), depth + 1) : undefined;
  if (inner) return { ...(at && { at: at.value }), ...(level && { level: level.value }), ...inner };
  const stack = first(fields, stackFields, stackOf)?.value ?? error?.value.stack;
  const used = new Set([level?.key, at?.key, message?.key, error?.key, ...stackFields]);
  const cause =
    error && message && stack === undefined && !said.includes(error.value.message)
      ? `: ${error.value.message}`
      : '';
  const extras = Object.entries(record)
    .filter(([name, value]) => isTelling(name.toLowerCase(), used) && isShort(value))
    .slice(0, extrasAtMost)
    .map(([key, value]) => `${key}=${String(value)}`);
  const line1 = [`${said.trimEnd()}${cause}`, ...extras].join(' ');
  const text = stack === undefined ? line1 : `${line1}\n${stack.trimEnd()}`;
  const found = level?.value ?? (error ? 'error' : levelOf(said));
  return { text, ...(found && { level: found }), ...(at && { at: at.value }) };
}

function recordOf(line: string): Record<string, unknown> | undefined {
  const text = line.trim();
  if (!text.startsWith('{') || !text.endsWith('}')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Elastic's `{"log":{"level":"error"}}` as `log.level`, beside what stands at the top. */
function flattened(record: Record<string, unknown>): Record<string, unknown> {
  const { log, error } = record;
  return {
    ...record,
    ...(isRecord(log) && 'level' in log ? { 'log.level': log.level } : {}),
    ...(isRecord(error) && 'stack_trace' in error ? { 'error.stack_trace': error.stack_trace } : {}),
  };
}

function first<Value>(
  fields: ReadonlyMap<string, unknown>,
  keys: readonly string[],
  read: (value: unknown) => Value | undefined,
): { key: string; value: Value } | undefined {
  for (const key of keys) {
    const value = fields.has(key) ? read(fields.get(key)) : undefined;
    if (value !== undefined) return { key, value };
  }
  return undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function errorOf(value: unknown): { message: string; stack?: string } | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : { message: value };
  if (!isRecord(value)) return undefined;
  const message = textOf(value.message) ?? textOf(value.msg) ?? textOf(value.type) ?? textOf(value.name);
  if (message === undefined) return undefined;
  const stack = textOf(value.stack) ?? textOf(value.stack_trace) ?? textOf(value.stacktrace);
  const type = textOf(value.type) ?? textOf(value.name);
  const named = type === undefined || message.includes(type) ? message : `${type}: ${message}`;
  return { message: named, ...(stack === undefined ? {} : { stack }) };
}

function stackOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.includes('\n') ? value : undefined;
  if (!Array.isArray(value)) return undefined;
  const lines = value.filter((line) => typeof line === 'string');
  return lines.length > 0 ? lines.join('\n') : undefined;
}

/** Seconds or milliseconds since 1970, or a text that has a date in it. */
function timeOf(value: unknown): string | undefined {
  const parsed =
    typeof value === 'number'
      ? value * (value < 1e11 ? 1000 : 1)
      : typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value)
        ? Date.parse(value)
        : Number.NaN;
  return parsed > 1e11 && parsed < 1e13 ? new Date(parsed).toISOString() : undefined;
}

function isTelling(key: string, used: ReadonlySet<string | undefined>): boolean {
  return !used.has(key) && !dull.has(key);
}

function isShort(value: unknown): boolean {
  if (typeof value === 'number' || typeof value === 'boolean') return true;
  return typeof value === 'string' && value !== '' && value.length <= extraLength && !value.includes('\n');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
