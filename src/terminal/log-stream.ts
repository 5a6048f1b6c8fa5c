import type { Answer } from '#commands/command.ts';
import type { LogLine, LogTail, Report } from '#diagnostics/report.ts';
import { cleaned } from './clean.ts';
import type { FollowLine } from './follow.ts';
import { paint } from './layout.ts';

export interface LogStream extends FollowLine {
  /** What is left to say after the lines; nothing where none was streamed, and the whole answer is to be shown. */
  closing(answer: Answer): string | undefined;
}

/** Prints lines of a followed log as they come, each once, with its container where there are several. */
export function createLogStream(stream: Pick<NodeJS.WriteStream, 'write'>): LogStream {
  // Lines keep their identity from look to look; one that came in late stands between those that were printed.
  const printed = new WeakSet<LogLine>();
  let begun = false;

  function print({ details }: Report): void {
    const tails = details.logs ?? [];
    const fresh = tails
      .flatMap((tail) => tail.lines.filter((line) => !printed.has(line)).map((line) => ({ line, tail })))
      .toSorted((a, b) => (a.line.at ?? '').localeCompare(b.line.at ?? ''));
    for (const { line, tail } of fresh) {
      printed.add(line);
      stream.write(`${lineText(line, tail, tails)}\n`);
    }
  }

  return {
    show(report) {
      if (!begun) {
        const { target, details } = report;
        stream.write(
          `${paint('dim', [target.service, target.environment, details.following].filter(Boolean).join(' · '))}\n`,
        );
      }
      begun = true;
      print(report);
    },
    end() {},
    closing(answer) {
      if (!begun || answer.kind !== 'report') return undefined;
      print(answer.report);
      const notes = answer.report.details.notes ?? [];
      return notes.map((note) => `${paint('dim', cleaned(note))}\n`).join('');
    },
  };
}

function lineText({ at, message }: LogLine, tail: LogTail, tails: readonly LogTail[]): string {
  const several = new Set(tails.map(({ container }) => container)).size > 1;
  const tasks = new Set(tails.map(({ task }) => task)).size > 1;
  const of = [...(tasks ? [tail.task.slice(0, 8)] : []), ...(several ? [tail.container] : [])].join(' ');
  return [at?.slice(11, 23), of, cleaned(message).trimEnd()].filter(Boolean).join(' ');
}
