import type { LogTail } from '../report.ts';
import { distinctRights, type Right } from './right.ts';

const refused =
  /assumed-role\/(?<role>[\w+=,.@-]{1,64})\/\S{1,128} is not authorized to perform:? (?<action>[\w-]{2,40}:\w{2,80})(?: on resource:? "?(?<resource>arn:[^\s"]{5,500}|\*))?/gi;

/** A crash log may hold the same refusal a hundred times; more different ones than this tell nothing new. */
const atMost = 5;

/** The calls that a program was refused under its task role, as AWS's own words in its log name them. */
export function appRights(logs: readonly LogTail[], taskRoleArn: string | undefined): Right[] {
  const name = taskRoleArn?.split('/').at(-1);
  if (name === undefined) return [];
  const rights = logs.flatMap(({ container, lines }) =>
    lines.flatMap(({ message }) =>
      [...message.matchAll(refused)].flatMap(({ groups = {} }): Right[] => {
        const { role, action = '', resource = '*' } = groups;
        if (role !== name) return [];
        return [
          {
            role: 'task',
            kind: 'call',
            action,
            resource: resource.replace(/[.,;:'"]+$/, ''),
            thing: resource === '*' ? action : resource.split(':').slice(5).join(':') || resource,
            cause: 'app-credentials-missing',
            usedBy: [`program in ${container}`],
            context: {},
          },
        ];
      }),
    ),
  );
  return distinctRights(rights).slice(0, atMost);
}
