import { type Answer, type Command, type CommandContext, type Request, UsageError } from './command.ts';
import { diagnose } from './diagnose.ts';
import { readFilterText } from './filter-text.ts';
import { follow, nothingToFollow } from './follow.ts';
import { sinceLook } from './follow-logs.ts';

const checks = ['logs'];

export const logs: Command = {
  name: 'logs',
  summary: 'What the newest failed task wrote last, or the running ones; read, searched, or followed',
  usage: 'SERVICE ENVIRONMENT',
  options: [
    'cluster',
    'region',
    'since',
    'task',
    'container',
    'filter',
    'errors',
    'head',
    'previous',
    'follow',
    'family',
    'private',
  ],
  examples: [
    'logs api prod',
    'logs api prod --since 1h --container app',
    'logs api prod --filter "timed out"',
    'logs api prod --errors',
    'logs api prod --head',
    'logs api prod --previous',
    'logs api prod --follow',
  ],
  checks,
  async run(request, context) {
    const saved = context.facts !== undefined && 'load' in context.facts;
    if (request.options.follow !== true || saved) return lookAt(request, context);
    if (request.options.head === true)
      throw new UsageError('--head shows the beginning of a log and --follow its end: leave one out.');
    const { onProgress, ...quiet } = context;
    const running: Request = { ...request, options: { ...request.options, running: true } };
    const first = await lookAt(running, quiet);
    if (first.kind !== 'report') return first;
    const nothing = nothingToFollow(first.report);
    if (nothing !== undefined) return { kind: 'report', report: withNote(first.report, nothing) };
    const report = await follow(first.report, {
      ...(context.signal && { signal: context.signal }),
      show: (shown) => onProgress?.(shown),
      look: async (now, newest) => {
        const answer = await lookAt(sinceLook(running, newest), { ...quiet, now });
        return answer.kind === 'report' ? answer.report : undefined;
      },
    });
    return { kind: 'report', report };
  },
};

async function lookAt(request: Request, context: CommandContext): Promise<Answer> {
  const { filter } = request.options;
  const text = filter === undefined ? {} : { filter: readFilterText(filter) };
  const answer = await diagnose({ ...request, options: { ...request.options, ...text } }, context, checks);
  const tails = answer.kind === 'report' ? (answer.report.details.logs ?? []) : [];
  // Nobody but whoever typed the filter can do anything about it.
  const refused = tails.find(({ why }) => why === 'bad-filter')?.missing;
  if (refused !== undefined) throw new UsageError(refused);
  return answer;
}

function withNote<Shown extends { details: { notes?: string[] | undefined } }>(
  report: Shown,
  note: string,
): Shown {
  return { ...report, details: { ...report.details, notes: [...(report.details.notes ?? []), note] } };
}
