import { type Answer, type Command, type CommandContext, type Request, UsageError } from './command.ts';
import { diagnose } from './diagnose.ts';
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

function lookAt(request: Request, context: CommandContext): Promise<Answer> {
  return diagnose(request, context, checks);
}

function withNote<Shown extends { details: { notes?: string[] | undefined } }>(
  report: Shown,
  note: string,
): Shown {
  return { ...report, details: { ...report.details, notes: [...(report.details.notes ?? []), note] } };
}
