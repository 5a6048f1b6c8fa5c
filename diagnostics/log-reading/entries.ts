import { createJoiner, type Joined, type RawLine } from './join.ts';
import { readJsonLine } from './json-line.ts';
import { type Level, levelOf } from './level.ts';
import { maskedLine } from './mask.ts';

/** What a reader of a log sees as one thing: a line, a record or a trace, and how often it was written. */
export interface Entry {
  /** ISO 8601, of the first. */
  at?: string;
  /** Of the last, where it was written more than once. */
  lastAt?: string;
  level?: Level;
  /** As the first of them was written, terminal sequences aside; of a JSON record its message. */
  text: string;
  count: number;
  /** Number of the line that it begins with, from 0. */
  line: number;
  /** As the last was written, where that differs: how far something got before it ended. */
  lastText?: string;
}

/** Enough, since what repeats does so close by; and flat memory. */
const heldAtMost = 24;
/** Of an event longer than this the beginning is read; the whole of it stays among the lines. */
const textAtMost = 65_536;

export interface Folding {
  /** Entries that are held open for another of the same. */
  held?: number;
  /** What two entries have in common that are folded into one; by default all but times, ids and numbers. */
  key?(text: string): string;
}

/** Folds only what says exactly the same, so that nothing that was written is left out. */
export const exactly: Folding = { key: (text) => text };

export interface Reader {
  push(raw: RawLine): void;
  end(): void;
}

/**
 * Reads lines as they come: joins what belongs together, reads JSON, finds the level, and folds what repeats into the
 * first of its kind. Entries are given away in the order of their first lines, as soon as `held` newer ones are open.
 */
export function createReader(
  give: (entry: Entry) => void,
  { held = heldAtMost, key = maskedLine }: Folding = {},
): Reader {
  const joiner = createJoiner();
  const open = new Map<string, Entry>();

  function close(joined: Joined | undefined): void {
    if (joined === undefined) return;
    const entry = entryOf(joined);
    const kind = key(entry.text);
    const same = open.get(kind);
    if (same !== undefined) {
      same.count += 1;
      const at = entry.at ?? same.lastAt;
      if (at !== undefined) same.lastAt = at;
      if (entry.text === same.text) delete same.lastText;
      else same.lastText = entry.text;
      return;
    }
    open.set(kind, entry);
    if (open.size <= held) return;
    for (const [oldest, done] of open) {
      open.delete(oldest);
      give(done);
      return;
    }
  }

  return {
    push: (raw) => close(joiner.push(raw)),
    end() {
      close(joiner.end());
      for (const entry of open.values()) give(entry);
      open.clear();
    },
  };
}

/** The entries of a whole piece of log. */
export function readEntries(lines: Iterable<RawLine>, folding?: Folding): Entry[] {
  const entries: Entry[] = [];
  const reader = createReader((entry) => entries.push(entry), folding);
  for (const line of lines) reader.push(line);
  reader.end();
  return entries;
}

function entryOf({ line, at, lines }: Joined): Entry {
  const [head = ''] = lines;
  const json = lines.length === 1 ? readJsonLine(head) : readJsonLine(lines.join('\n'));
  const text = json?.text ?? lines.join('\n').trimEnd();
  const level = json ? json.level : levelOfLines(lines);
  const time = at ?? json?.at;
  return {
    ...(time !== undefined && { at: time }),
    ...(level !== undefined && { level }),
    text: text.length > textAtMost ? `${text.slice(0, textAtMost).toWellFormed()}…` : text,
    count: 1,
    line,
  };
}

const traced = /^\s+at \S|^\s+File "|^goroutine \d+ \[|^Caused by: /;

/** A trace below a line without a level is an error's. */
function levelOfLines(lines: readonly string[]): Level | undefined {
  const level = levelOf(lines[0] ?? '');
  if (level !== undefined || lines.length === 1) return level;
  return lines.some((line) => traced.test(line)) ? 'error' : undefined;
}
