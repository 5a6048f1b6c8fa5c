import { type Judged, judgeCondition } from './condition.ts';
import { fillIn } from './context.ts';
import type { Statement } from './document.ts';
import { lowerCase, matches, matchesResource, patternOf } from './pattern.ts';
import { judgePrincipal, type Named } from './principal.ts';
import { all, any, not, type Tri, triOf } from './tri.ts';
import type { PolicyKind, PolicyRequest, Unknown } from './types.ts';

/** How far a statement fits a request, part by part. */
export interface Match {
  statement: Statement;
  named: Named;
  action: Tri;
  resource: Tri;
  conditions: Judged[];
  /** All but the principal. */
  rest: Tri;
  because: Unknown[];
}

/** Compares one statement with a request. Actions and condition keys know no case, resources do. */
export function matchStatement(statement: Statement, request: PolicyRequest, kind: PolicyKind): Match {
  const named = judgePrincipal(statement, request.principal, kind);
  const action = judgeAction(statement, request.action);
  const { value: resource, because } = judgeResource(statement, request);
  const conditions = statement.conditions.map((condition) =>
    judgeCondition(condition, request, statement.variables),
  );
  const odd: Tri = statement.odd === undefined ? 'yes' : 'open';
  return {
    statement,
    named,
    action,
    resource,
    conditions,
    rest: all([odd, action, resource, ...conditions.map(({ value }) => value)]),
    because: [
      ...(statement.odd === undefined ? [] : [{ what: 'element', name: statement.odd } as const]),
      ...(named.direct === 'open' || named.account === 'open' ? [principalUnknown(statement)] : []),
      ...because,
      ...conditions.flatMap((condition) => condition.because),
    ],
  };
}

function principalUnknown({ principal, notPrincipal }: Statement): Unknown {
  return { what: 'principal', name: JSON.stringify(principal ?? notPrincipal ?? 'none') };
}

function judgeAction({ actions, notActions, odd }: Statement, action: string): Tri {
  const is = (text: string) => matches(lowerCase(patternOf(text)), action.toLowerCase());
  if (actions) return triOf(actions.some(is));
  if (notActions) return triOf(!notActions.some(is));
  return odd === undefined ? 'no' : 'open';
}

/** Trust and repository policies name no resource: they hang on it. */
function judgeResource({ resources, notResources, variables }: Statement, request: PolicyRequest): Judged {
  const list = resources ?? notResources;
  if (!list) return { value: 'yes', because: [] };
  const each = list.map((text): Judged => {
    const filled = fillIn(text, request, variables);
    if (filled === 'absent')
      return resources
        ? { value: 'no', because: [] }
        : { value: 'open', because: [{ what: 'variable', name: text }] };
    if ('unknown' in filled) return { value: 'open', because: [filled.unknown] };
    const value = matchesResource(filled.pattern, request.resource);
    return { value, because: value === 'open' ? [{ what: 'value', name: text }] : [] };
  });
  const value = any(each.map((one) => one.value));
  return {
    value: resources ? value : not(value),
    because: value === 'open' ? each.flatMap(({ because }) => because) : [],
  };
}
