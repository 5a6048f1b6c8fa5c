import { linesOf } from './plain-line.ts';

/** A line as CloudWatch keeps it. */
export interface RawLine {
  /** ISO 8601 */
  at?: string | undefined;
  message: string;
}

/** Lines that belong together: a stack trace is one thing. */
export interface Joined {
  /** Number of the event that it begins with. */
  line: number;
  at?: string | undefined;
  lines: string[];
}

/** Nothing that belongs together is longer; what goes on beyond is shown on its own. */
const linesAtMost = 200;
const charactersAtMost = 65_536;
/** Lines of one trace are written together. Milliseconds. */
const gapAtMost = 5_000;

type Trace = 'python' | 'go' | 'other';

/** Puts lines together as they come. Holds one entry at a time. */
export interface Joiner {
  /** What was complete before this event; nothing where the event belongs to what is open. */
  push(raw: RawLine): Joined | undefined;
  end(): Joined | undefined;
}

export function createJoiner(): Joiner {
  let open: Joined | undefined;
  let characters = 0;
  let blanks = 0;
  let number = -1;
  let trace: Trace | undefined;

  function take(): Joined | undefined {
    const done = open;
    open = undefined;
    characters = 0;
    blanks = 0;
    trace = undefined;
    return done;
  }

  return {
    push(raw) {
      number += 1;
      const lines = linesOf(raw.message);
      const [head = ''] = lines;
      const isBlank = lines.length === 1 && head.trim() === '';
      if (open !== undefined) {
        if (isBlank) {
          blanks += 1;
          return undefined;
        }
        const fits =
          open.lines.length + lines.length <= linesAtMost &&
          characters + raw.message.length <= charactersAtMost;
        if (fits && near(open.at, raw.at) && goesOn(open.lines, head, trace, blanks)) {
          open.lines.push(...lines);
          characters += raw.message.length;
          blanks = 0;
          trace = traceAfter(trace, head);
          return undefined;
        }
      }
      const done = take();
      if (isBlank) return done;
      open = { line: number, at: raw.at, lines };
      characters = raw.message.length;
      trace = traceAfter(undefined, head);
      return done;
    },
    end: take,
  };
}

function near(from: string | undefined, to: string | undefined): boolean {
  if (from === undefined || to === undefined || from === to) return true;
  return Math.abs(Date.parse(to) - Date.parse(from)) <= gapAtMost;
}

/** `at com.acme.Foo(Foo.java:12)`, `Caused by: …`, `... 12 more`, `from app.rb:3`, `--- End of … ---` */
const frame =
  /^(?:at [^\s,][^,]{0,300}?(?:\(|:\d)|Caused by: |Suppressed: |\.\.\. \d+ (?:more|common frames)|from \S+:\d+:in |--- End of |---> )/;
const pythonBegins = /^(?:.{0,200} )?Traceback \(most recent call last\):$/;
const pythonLinks = /^(?:During handling of the above exception|The above exception was the direct cause)/;
/** `ValueError: bad`, `botocore.exceptions.ClientError: …`, `KeyboardInterrupt` */
const pythonEnds = /^[A-Za-z_][\w.]*(?::(?: |$)|$)/;
const goBegins = /^(?:.{0,200} )?(?:panic: |fatal error: |http: panic serving )/;
const goGoesOn =
  /^(?:goroutine \d+ |\[signal |created by |exit status \d|panic\(|runtime[./]|main\.|\t|[\w./*()[\]{}·-]{1,300}\([^)]{0,500}\)(?: |$))/;
/** Saves the search in lines that hold neither. */
const mayPanic = /panic|fatal error/;
const caret = /^\s*[~^]+\s*$/;
const nodeEnds = /^Node\.js v\d/;
const closing = /^[}\])]+[;,]?$/;
/** Begins with a time or a level: somebody starts anew. */
const startsAnew =
  /^(?:\[?\d{4}-\d\d-\d\d|\[?\d\d:\d\d:\d\d|\[?(?:FATAL|ERROR|WARN|WARNING|INFO|DEBUG|TRACE)\b|\{")/;

function goesOn(lines: readonly string[], line: string, trace: Trace | undefined, blanks: number): boolean {
  const code = line.charCodeAt(0);
  if (code === 32 || code === 9) return blanks === 0 || trace !== undefined;
  if (trace === undefined && (code < 33 || !maybe.test(line))) return false;
  if (startsAnew.test(line)) return false;
  const last = lines.at(-1) ?? '';
  if (frame.test(line)) return true;
  if (trace === 'python') {
    if (pythonLinks.test(line) || pythonBegins.test(line)) return true;
    return isIndented(last) && pythonEnds.test(line);
  }
  if (trace === 'go') return goGoesOn.test(line);
  if (pythonBegins.test(line)) return /\b(?:ERROR|CRITICAL|error|Exception)\b/.test(lines[0] ?? '');
  // Node prints the line of code with a caret below, and the error after an empty line.
  if (blanks > 0) return caret.test(last) || nodeEnds.test(line);
  return closing.test(line) && (isIndented(last) || /[{[(]$/.test(last));
}

/** What a line that is neither indented nor of a known trace begins with where it may go on. */
const maybe = /^(?:[aACS.f\-}\])TN]|\w*Error\b)/;

function isIndented(line: string): boolean {
  return line.startsWith(' ') || line.startsWith('\t');
}

function traceAfter(trace: Trace | undefined, line: string): Trace | undefined {
  const code = line.charCodeAt(0);
  if (code === 32 || code === 9) return caret.test(line) ? 'other' : trace;
  if (line.endsWith(':') && pythonBegins.test(line)) return 'python';
  if (trace === undefined && mayPanic.test(line) && goBegins.test(line)) return 'go';
  // An exception line ends the traceback; only another that it led to may follow.
  return trace;
}
