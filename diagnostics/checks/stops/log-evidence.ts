import { cluesInLog } from '../../explain.ts';
import type { LogLine, LogTail } from '../../report.ts';

/** Lines that usually carry the reason; words like "0 errors" do not. */
const complaint =
  /\b(?:error|exception|fatal|panic|critical|traceback|abort(?:ed|ing)?|fail(?:ed|ure)|denied|refused|missing|required|cannot|could not|unable to|not found|no such)\b/i;
const noComplaint =
  /\b(?:0|no|zero)\s+(?:errors?|failures?|failed)\b|\b(?:errors?|failed)["']?\s*[:=]\s*0\b/i;

/**
 * The line that says most about the end: the last that the rules understand, else the last that complains, else
 * simply the last.
 */
export function decisiveLine({ lines }: LogTail): LogLine | undefined {
  const spoken = lines.filter((line) => line.message.trim() !== '');
  const understood = spoken.filter((line) => cluesInLog([line.message]) !== undefined);
  // What is indented belongs to the line above it: a field of an error, or a frame of its stack.
  return (
    understood.findLast((line) => !/^\s/.test(line.message)) ??
    understood.at(-1) ??
    spoken.findLast((line) => complaint.test(line.message) && !noComplaint.test(line.message)) ??
    spoken.at(-1)
  );
}
