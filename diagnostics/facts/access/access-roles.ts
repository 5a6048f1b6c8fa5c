import { defineFact } from '../../fact.ts';
import { partOf, type Read } from '../read.ts';
import { type RoleFact, role } from '../role.ts';
import { judgedRevision } from './judged-revision.ts';

/** The two roles of the revision; undefined where it names none. */
export interface AccessRoles {
  execution: Read<RoleFact> | undefined;
  task: Read<RoleFact> | undefined;
}

export const accessRoles = defineFact<AccessRoles>({
  id: 'access-roles',
  what: 'the roles of the task definition',
  actions: role.actions,
  async load({ read, settle }) {
    const { executionRoleArn, taskRoleArn } = await read(judgedRevision);
    const of = async (name: 'execution' | 'task', arn: string | undefined) =>
      arn === undefined ? undefined : partOf(`the ${name} role`, await settle(role, arn));
    const [execution, task] = await Promise.all([of('execution', executionRoleArn), of('task', taskRoleArn)]);
    return { execution, task };
  },
});
