import { NotInSandbox } from '../errors.ts';
import { type Context, conditionsOf, holds } from './condition.ts';
import { list, type PolicyStatement, type SandboxPolicy } from './document.ts';
import { isLike } from './like.ts';

export interface Matched {
  policy: SandboxPolicy;
  statement: PolicyStatement;
}

export interface Evaluation {
  decision: 'allowed' | 'explicitDeny' | 'implicitDeny';
  /** The statements that decide: of a deny only those that deny. */
  matched: Matched[];
  /** Keys that statements about this action and resource ask for, and the caller did not give. */
  missing: string[];
}

/** What identity policies say of one action on one resource. */
export function evaluate(
  policies: readonly SandboxPolicy[],
  action: string,
  resource: string,
  context: Context,
): Evaluation {
  const about = policies.flatMap((policy) =>
    policy.document.Statement.filter((statement) => isAbout(statement, action, resource)).map(
      (statement) => ({
        policy,
        statement,
      }),
    ),
  );
  const asked = about.flatMap(({ statement }) => conditionsOf(statement).map(({ key }) => key));
  const missing = [...new Set(asked)].filter((key) => !context.has(key.toLowerCase()));
  const matched = about.filter(({ statement }) =>
    conditionsOf(statement).every((condition) => holds(condition, context)),
  );
  const denying = matched.filter(({ statement }) => statement.Effect === 'Deny');
  if (denying.length > 0) return { decision: 'explicitDeny', matched: denying, missing };
  return { decision: matched.length > 0 ? 'allowed' : 'implicitDeny', matched, missing };
}

function isAbout(statement: PolicyStatement, action: string, resource: string): boolean {
  const { Action, NotAction, Resource, NotResource } = statement;
  const resources = list(Resource ?? NotResource);
  if (resources.some((text) => text.includes('${'))) throw new NotInSandbox('policy variables');
  const named = list(Action ?? NotAction).some((text) => isLike(action.toLowerCase(), text.toLowerCase()));
  const placed = resources.some((text) => isLike(resource, text));
  return named === (Action !== undefined) && placed === (Resource !== undefined);
}
