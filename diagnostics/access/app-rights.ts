import type { LogTail } from '../report.ts';
import { distinctRights, type Right } from './right.ts';

const refused =
  /assumed-role\/(?<role>[\w+=,.@-]{1,64})\/(?<session>\S{1,128}) is not authorized to perform:? (?<action>[\w-]{2,40}:\w{2,80})(?: on resource:? "?(?<resource>arn:[^\s"]{5,500}|\*))?/gi;

/** A crash log may hold the same refusal a hundred times; more different ones than this tell nothing new. */
const atMost = 5;

/** The calls that a program was refused under its task role, as AWS's own words in its log name them. */
export function appRights(logs: readonly LogTail[], taskRoleArn: string | undefined): Right[] {
  const name = taskRoleArn?.split('/').at(-1);
  const own = refusedCalls(logs).filter(({ role }) => role === name);
  return distinctRights(own.map(({ right }) => right)).slice(0, atMost);
}

/** Calls that a program was refused under the role of the instance below it, by the name of that role. */
export function instanceCalls(logs: readonly LogTail[]): Map<string, Right[]> {
  // EC2 names the session of an instance's credentials after the instance, and Systems Manager after the machine.
  const ofInstances = refusedCalls(logs).filter(({ session }) => /^m?i-[0-9a-f]{8,17}$/.test(session));
  const byRole = Map.groupBy(ofInstances, ({ role }) => role);
  return new Map(
    [...byRole].map(([role, calls]) => [
      role,
      distinctRights(calls.map(({ right }) => right)).slice(0, atMost),
    ]),
  );
}

interface RefusedCall {
  role: string;
  session: string;
  right: Right;
}

function refusedCalls(logs: readonly LogTail[]): RefusedCall[] {
  return logs.flatMap(({ container, lines }) =>
    lines.flatMap(({ message }) =>
      [...message.matchAll(refused)].map(({ groups = {} }): RefusedCall => {
        const { role = '', session = '', action = '', resource = '*' } = groups;
        return {
          role,
          session,
          right: {
            role: 'task',
            kind: 'call',
            action,
            resource: resource.replace(/[.,;:'"]+$/, ''),
            thing: resource === '*' ? action : resource.split(':').slice(5).join(':') || resource,
            cause: 'app-credentials-missing',
            usedBy: [`program in ${container}`],
            context: {},
          },
        };
      }),
    ),
  );
}
