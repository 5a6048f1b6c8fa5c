/** How bad a log entry is, by its own account. */
export type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug';

const names: Readonly<Record<string, Level>> = {
  fatal: 'fatal',
  critical: 'fatal',
  crit: 'fatal',
  emerg: 'fatal',
  emergency: 'fatal',
  alert: 'fatal',
  panic: 'fatal',
  dpanic: 'fatal',
  error: 'error',
  err: 'error',
  eror: 'error',
  fail: 'error',
  severe: 'error',
  warning: 'warn',
  warn: 'warn',
  wrn: 'warn',
  notice: 'info',
  information: 'info',
  informational: 'info',
  info: 'info',
  inf: 'info',
  config: 'info',
  debug: 'debug',
  dbug: 'debug',
  dbg: 'debug',
  trace: 'debug',
  trce: 'debug',
  verbose: 'debug',
  fine: 'debug',
  finer: 'debug',
  finest: 'debug',
};

/** The level that a field of a log record names; undefined for what is no level. */
export function levelNamed(value: unknown): Level | undefined {
  if (typeof value === 'number') return levelNumbered(value);
  if (typeof value !== 'string') return undefined;
  const word = value.trim().toLowerCase();
  return Object.hasOwn(names, word) ? names[word] : /^\d{1,2}$/.test(word) ? levelNumbered(+word) : undefined;
}

/** Syslog counts from 0, the worst, to 7; bunyan and pino count from 10 to 60, the worst. */
function levelNumbered(value: number): Level | undefined {
  if (!Number.isInteger(value) || value < 0 || value > 60) return undefined;
  if (value <= 7) return syslog[value];
  if (value < 10) return undefined;
  if (value >= 60) return 'fatal';
  if (value >= 50) return 'error';
  if (value >= 40) return 'warn';
  return value >= 30 ? 'info' : 'debug';
}

const syslog: readonly Level[] = ['fatal', 'fatal', 'fatal', 'error', 'warn', 'info', 'info', 'debug'];

/** Where a line that has a level says it: near its beginning. */
const head = 160;

/** `level=error`, `"severity":"WARN"` in a record that is cut off or is not JSON. */
const field =
  /(?:^|[\s{,"'[(|])(?:log[._]?)?(?:level(?:name)?|lvl|severity)["']?\s{0,2}[=:]\s{0,2}["']?([A-Za-z]{3,13}|\d{1,2})(?![\w-])/i;

/** `ERROR`, `[error]`, `error:` as a word that stands for itself; small letters only where marked as a level. */
const marked = /(?:^|[\s|\]>)])[[(<]([A-Za-z]{3,13})[\])>](?=[\s:|[(-]|$)|^([A-Za-z]{3,13}):(?=\s|$|\w+:)/;
const capitals =
  /(?:^|[\s|:/,;\]-])(FATAL|CRITICAL|CRIT|EMERG|ALERT|PANIC|ERROR|ERR|SEVERE|WARNING|WARN|NOTICE|INFORMATION|INFO|DEBUG|TRACE|VERBOSE)(?=[\s|:;,[\]-]|$)(?!:? ?0\b)/;

/** `E0612 14:38:12.000000       1 reflector.go:138]`, as Kubernetes' klog writes. */
const klog = /^([FEWI])\d{4} \d\d:\d\d:\d\d\.\d+ /;
const klogLevels: Readonly<Record<string, Level>> = { F: 'fatal', E: 'error', W: 'warn', I: 'info' };

/** What sounds like an error and says that there is none. */
const harmless = new RegExp(
  [
    // 0 errors, no failures, without an error, zero exceptions
    String.raw`\b(?:0|no|zero|without(?: an?| any)?|not an?|non-?)[ -](?:\w+ ){0,2}?(?:errors?|failures?|exceptions?|failed|fatals?)\b`,
    // error_count=0, errors: 0, failed=0, "failures":0, error rate 0.00 %
    String.raw`\b(?:\w{0,20}(?:errors?|failures?|exceptions?|failed)\w{0,20})(?:[ _.-]?(?:count|rate|total|s))?["']?\s{0,2}[=:]?\s{0,2}["']?0+(?:\.0+)?(?![\d.]*[1-9])\b`,
    // error=null, err=<nil>, "error":"", failed=false
    String.raw`\b(?:err|\w{0,20}(?:errors?|failures?|exceptions?|failed))["']?\s{0,2}[=:]\s{0,2}(?:["']{2}|<nil>|\[\]|\{\}|["']?(?:null|nil|none|false|undefined|ok|success|no)\b)`,
    // on-failure, error-handler, ErrorHandler, error_log /dev/stderr, errors.html
    String.raw`\b(?:on[-_ ](?:error|failure|exception)|(?:error|exception|failure)[-_. ]?(?:handlers?|handling|pages?|logs?|codes?|boundary|reporting|reporter|threshold|budget|html|json|js|ts|py)|errors?\.(?:\w+)|(?:ignore|ignoring|ignored|recovered from)\b[^.;]{0,40})`,
  ].join('|'),
  'gi',
);

const fatalWords =
  /\bpanic: |\bfatal error\b|\bsegmentation fault\b|\bsegfault\b|\bcore dumped\b|\bout of memory\b|OutOfMemoryError|\bFATAL\b/i;
const errorWords =
  /(?<![A-Za-z])errors?(?![a-z])|[a-z]Error\b|\bexceptions?\b|[a-z]Exception\b|\bfatal\b|\bpanic(?:ked)?\b|\bTraceback \(most recent|\bfailed\b|\bfailures?\b|\bfailing\b|\bunhandled\b|\buncaught\b/i;
/** `ECONNREFUSED`, as libuv and Go name what the system answers. */
const errorNames = /\bE[A-Z]{4,14}\b(?=[ :,]|$)/;
const warnWords = /\bwarn(?:ing)?s?\b|\bdeprecated\b|\bDeprecationWarning\b/i;

/** `"GET / HTTP/1.1" 503`: a server's own failure in an access log. */
const access = /" (\d)\d\d(?: |$)/;
const request = /"(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \S{1,2000} HTTP\/[\d.]+" (\d)\d\d(?= |$)/;

/** What may hold a word that stands for a level; saves the search in lines that do not. */
const suspicious =
  /err|fail|exce|fatal|panic|trace|warn|crit|sever|deprec|segm|core|memory|unha|unca| E[A-Z]/i;

/**
 * The level of a line of text: of a level field or mark where it has one, and only else by its words, among which "0
 * errors", `error_count=0` and "no failures" are no errors. Undefined where nothing tells.
 */
export function levelOf(text: string): Level | undefined {
  return ownLevel(text.length > head ? text.slice(0, head) : text) ?? levelByWords(text);
}

/** The level that a line gives itself. */
export function ownLevel(start: string): Level | undefined {
  const named = levelNamed(field.exec(start)?.[1]);
  if (named !== undefined) return named;
  const [, bracketed, led] = marked.exec(start) ?? [];
  const mark = levelNamed(bracketed ?? led);
  if (mark !== undefined) return mark;
  const [, loud] = capitals.exec(start) ?? [];
  if (loud !== undefined) return levelNamed(loud);
  const [, letter] = klog.exec(start) ?? [];
  return letter === undefined ? undefined : klogLevels[letter];
}

/** Words beyond this are those of a payload, not of whoever wrote the line. */
const worded = 2_000;

function levelByWords(line: string): Level | undefined {
  const text = line.length > worded ? line.slice(0, worded) : line;
  if (access.test(text)) {
    const [, status] = request.exec(text) ?? [];
    if (status !== undefined) return status === '5' ? 'error' : 'info';
  }
  if (!suspicious.test(text)) return undefined;
  const rest = text.replace(harmless, ' ');
  if (fatalWords.test(rest)) return 'fatal';
  if (errorWords.test(rest) || errorNames.test(rest)) return 'error';
  return warnWords.test(rest) ? 'warn' : undefined;
}

/** Whether an entry belongs to "errors only". */
export function isError(level: Level | undefined): boolean {
  return level === 'error' || level === 'fatal';
}
