import type { Answer, Command, CommandContext, Request } from './command.ts';
import { diagnose } from './diagnose.ts';
import { follow } from './follow.ts';

const checks = ['deployments', 'stopped-tasks', 'service-events', 'service-state'];

export const deployment: Command = {
  name: 'deployment',
  summary: 'How the newest deployment goes: what it waits for, why it failed, and which revision is live',
  usage: 'SERVICE ENVIRONMENT',
  options: ['cluster', 'region', 'follow', 'private'],
  examples: ['deployment api prod', 'deployment api prod --follow'],
  checks,
  async run(request, context) {
    const first = await lookAt(request, context);
    const saved = context.facts !== undefined && 'load' in context.facts;
    if (request.options.follow !== true || saved || first.kind !== 'report') return first;
    // The provisional states of later looks would only flicker; each is shown when it is whole.
    const { onProgress, ...quiet } = context;
    const last = await follow(first.report, {
      ...(context.signal && { signal: context.signal }),
      show: (report) => onProgress?.(report),
      look: async (now) => {
        const answer = await lookAt(request, { ...quiet, now });
        return answer.kind === 'report' ? answer.report : undefined;
      },
    });
    return { kind: 'report', report: last };
  },
};

function lookAt(request: Request, context: CommandContext): Promise<Answer> {
  return diagnose(request, context, checks, { deployment: true });
}
