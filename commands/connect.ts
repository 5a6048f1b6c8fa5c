import { type Command, UsageError } from './command.ts';
import { diagnose } from './diagnose.ts';
import { otherEndOf } from './other-end.ts';

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
    const to = otherEndOf(request.to);
    if (to.kind === 'service' && to.name === request.service)
      throw new UsageError(`connect asks about two services, and both are ${to.name}.`);
    return diagnose(request, context, checks, { to });
  },
};
