/** What a value in a log stands for. */
export type Role = 'level' | 'message' | 'type' | 'status' | 'path' | 'duration';

/** How the fields of a log are reached in a query. */
export interface LogShape {
  /** No line could be read: nothing is known of it. */
  kind: 'json' | 'text' | 'unknown';
  /** Fields of JSON by what they stand for, or names that `parse` gives in a text. */
  fields: Partial<Record<Role, string>>;
  /** The regular expression that finds a request in a line of text. */
  request?: string;
  /** What a duration is counted in. */
  unit: 'ms' | 's';
  /** Levels are numbers, as pino and bunyan write them. */
  numericLevel: boolean;
}

export const unknownShape: LogShape = { kind: 'unknown', fields: {}, unit: 'ms', numericLevel: false };

/** Names in falling order of trust, in lower case without what separates words. */
const names: Readonly<Record<Role, readonly string[]>> = {
  level: ['level', 'severity', 'levelname', 'loglevel', 'lvl', 'severitytext'],
  // FireLens and Docker put the line into `log`.
  message: ['message', 'msg', 'shortmessage', 'event', 'log'],
  type: [
    'err.type',
    'error.type',
    'exception.type',
    'exceptiontype',
    'exceptionclass',
    'exception.class',
    'errortype',
    'err.name',
    'error.name',
    'errorname',
    'exctype',
  ],
  status: [
    'status',
    'statuscode',
    'httpstatus',
    'httpstatuscode',
    'res.statuscode',
    'response.status',
    'http.statuscode',
    'http.status',
    'responsestatus',
  ],
  path: [
    'path',
    'route',
    'url',
    'uri',
    'requesturi',
    'req.url',
    'req.path',
    'request.path',
    'http.target',
    'http.route',
    'http.path',
    'url.path',
  ],
  duration: [
    'durationms',
    'responsetime',
    'responsetimems',
    'latencyms',
    'elapsedms',
    'duration',
    'latency',
    'elapsed',
    'took',
    'tookms',
    'timetaken',
    'requesttime',
    'durationseconds',
    'http.durationms',
  ],
};

/** Requests as servers write them, the fullest first. Groups are named after what they stand for. */
const requests: readonly { pattern: string; unit: 'ms' | 's' }[] = [
  // "GET /path HTTP/1.1" 200 1234 "…" "…" 0.123, as nginx writes with $request_time
  {
    pattern: String.raw`"[A-Z]+ (?<path>[^ ?"]+)[^"]*" (?<status>\d{3}) .*[ =](?<duration>\d+\.\d{3})(?: |$)`,
    unit: 's',
  },
  // "GET /path HTTP/1.1" 200 31ms
  {
    pattern: String.raw`"[A-Z]+ (?<path>[^ ?"]+)[^"]*" (?<status>\d{3}) (?:\d+ )?(?<duration>\d+(?:\.\d+)?) ?ms`,
    unit: 'ms',
  },
  // method=GET path=/path status=200 duration=31ms
  {
    pattern: String.raw`path="?(?<path>[^ ?"]+).* status=(?<status>\d{3}).* (?:duration|latency|elapsed|took|service)=(?<duration>\d+(?:\.\d+)?)(?:ms)?`,
    unit: 'ms',
  },
  // GET /path 200 31 ms, as morgan and many frameworks write
  {
    pattern: String.raw`(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (?<path>/[^ ?]*)\S* (?<status>\d{3}) (?:in )?(?<duration>\d+(?:\.\d+)?) ?ms`,
    unit: 'ms',
  },
  // "GET /path HTTP/1.1" 200 1234
  { pattern: String.raw`"[A-Z]+ (?<path>[^ ?"]+)[^"]*" (?<status>\d{3})(?: |$)`, unit: 'ms' },
];

/** Reads from a log's newest lines what its fields are called. */
export function shapeOf(lines: readonly string[]): LogShape {
  const written = lines.filter((line) => line.trim() !== '');
  if (written.length === 0) return unknownShape;
  const records = written.flatMap((line) => recordOf(line) ?? []);
  return records.length * 2 >= written.length ? jsonShape(records) : textShape(written);
}

function jsonShape(records: readonly Map<string, unknown>[]): LogShape {
  const fields: Partial<Record<Role, string>> = {};
  for (const role of Object.keys(names) as Role[]) {
    const found = names[role].flatMap((name) => fieldNamed(name, role, records) ?? [])[0];
    if (found !== undefined) fields[role] = found;
  }
  const level = records.map((record) => record.get(fields.level ?? '')).find((value) => value !== undefined);
  const isSeconds = /seconds$|request_?time$/i.test(fields.duration ?? '');
  return { kind: 'json', fields, unit: isSeconds ? 's' : 'ms', numericLevel: typeof level === 'number' };
}

/** The field that goes by this name, where its values fit what it would stand for. */
function fieldNamed(name: string, role: Role, records: readonly Map<string, unknown>[]): string | undefined {
  for (const record of records) {
    for (const [key, value] of record) {
      if (key.toLowerCase().replace(/[_-]/g, '') === name && fits(role, value)) return key;
    }
  }
  return undefined;
}

function fits(role: Role, value: unknown): boolean {
  if (role === 'status') return /^[1-5]\d\d$/.test(String(value));
  if (role === 'duration') return typeof value === 'number' || /^\d+(?:\.\d+)?$/.test(String(value));
  return typeof value === 'string' || (role === 'level' && typeof value === 'number');
}

function textShape(lines: readonly string[]): LogShape {
  const found = requests.find(({ pattern }) => lines.some((line) => new RegExp(pattern).test(line)));
  if (!found) return { ...unknownShape, kind: 'text' };
  const roles = (['path', 'status', 'duration'] as const).filter((role) =>
    found.pattern.includes(`?<${role}>`),
  );
  return {
    kind: 'text',
    fields: Object.fromEntries(roles.map((role) => [role, role])),
    request: found.pattern,
    unit: found.unit,
    numericLevel: false,
  };
}

/** Logs Insights finds fields of objects in objects, with dots between the names. */
function recordOf(line: string): Map<string, unknown> | undefined {
  if (!line.trimStart().startsWith('{')) return undefined;
  try {
    const fields = new Map<string, unknown>();
    flatten(JSON.parse(line), '', fields);
    return fields;
  } catch {
    return undefined;
  }
}

const depthAtMost = 3;

function flatten(value: unknown, path: string, fields: Map<string, unknown>, depth = 0): void {
  if (typeof value !== 'object' || value === null || depth > depthAtMost) return;
  for (const [key, inner] of Object.entries(value)) {
    const name = path === '' ? key : `${path}.${key}`;
    if (typeof inner === 'object') flatten(inner, name, fields, depth + 1);
    else fields.set(name, inner);
  }
}
