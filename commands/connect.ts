import { FactFailure } from '#diagnostics/fact.ts';
import { type Answer, type Command, UsageError } from './command.ts';
import { diagnose } from './diagnose.ts';
import { otherEndOf } from './other-end.ts';
import { ofTask, otherNamed } from './other-service.ts';

const checks = ['connect'];

export const connect: Command = {
  name: 'connect',
  summary: 'Whether one service reaches another, a host or an address, and the rule that decides',
  usage: 'FROM TO ENVIRONMENT',
  options: ['cluster', 'region', 'private'],
  examples: ['connect web api prod', 'connect web api:9090 prod', 'connect api 10.20.4.17:5432 prod'],
  checks,
  async run(request, context) {
    if (request.to === undefined)
      throw new UsageError('connect needs both ends: connect FROM TO ENVIRONMENT.', ['connect web api prod']);
    const typed = otherEndOf(request.to);
    const { to, note } = typed.kind === 'task' ? await ofTask(typed, request, context) : { to: typed };
    if (to.kind === 'service' && to.name === request.service)
      throw new UsageError(`connect asks about two services, and both are ${to.name}.`);
    try {
      return withNote(await diagnose(request, context, checks, { to }), note);
    } catch (error) {
      if (to.kind !== 'service' || !(error instanceof FactFailure) || error.reason !== 'NotFound')
        throw error;
      const found = await otherNamed(to, request, context);
      if (found.kind === 'choice') return found;
      return withNote(await diagnose(request, context, checks, { to: found.to }), found.note);
    }
  },
};

function withNote(answer: Answer, note: string | undefined): Answer {
  if (answer.kind !== 'report' || note === undefined) return answer;
  const { report } = answer;
  const notes = [...(report.details.notes ?? []), note];
  return { kind: 'report', report: { ...report, details: { ...report.details, notes } } };
}
