import type { Access } from '../../access-details.ts';
import { revisionOf } from '../../words.ts';
import type { Known } from './known.ts';
import type { RoleState } from './role-findings.ts';

/** What is needed and what is allowed, role by role. */
export function accessState({ revision, rights }: Known, states: readonly RoleState[]): Access {
  return {
    revision: revisionOf(revision.definition.taskDefinitionArn),
    current: revision.current,
    roles: states.map(({ role, arn, state, why }) => ({
      role,
      ...(arn !== undefined && { arn }),
      state,
      ...(why !== undefined && { why }),
      rights: rights
        .filter(({ right }) => right.role === role)
        .map(({ right, state: of, why: because }) => ({
          action: right.action,
          resource: right.resource,
          thing: right.thing,
          usedBy: right.usedBy,
          state: of,
          why: because,
        })),
    })),
  };
}
