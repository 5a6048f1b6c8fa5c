import {
  condition,
  every,
  type Facts,
  fits,
  opposite,
  some,
  spelled,
  type Truth,
} from './reference-conditions.ts';

/** A statement as the generator makes it: only lists, no strange shapes. */
export interface PlainStatement {
  Effect: 'Allow' | 'Deny';
  Principal?: '*' | Record<string, string[]>;
  NotPrincipal?: Record<string, string[]>;
  Action?: string[];
  NotAction?: string[];
  Resource?: string[];
  NotResource?: string[];
  Condition?: Record<string, Record<string, string[]>>;
}

/** A role or one of its sessions, or a service. */
export interface PlainCaller {
  account: string;
  role?: string;
  session?: string;
  service?: string;
}

export interface PlainRequest {
  caller: PlainCaller;
  action: string;
  resource: string;
  facts: Facts;
}

export type PlainOutcome = 'denied' | 'allowed' | 'delegated' | 'none';

/**
 * Every outcome that is left when each statement that cannot be known is taken for matching and for not, in all
 * combinations. Slow, and as close to the documentation's sentences as can be.
 */
export function outcomes(
  statements: readonly PlainStatement[],
  request: PlainRequest,
  kind: 'identity' | 'resource',
): PlainOutcome[] {
  let worlds: PlainOutcome[][] = [[]];
  for (const statement of statements) {
    const effects = effectsOf(statement, request, kind);
    worlds = worlds.flatMap((world) => effects.map((effect) => [...world, effect]));
  }
  const order: PlainOutcome[] = ['denied', 'allowed', 'delegated', 'none'];
  const found = worlds.map((world) => order.find((one) => one === 'none' || world.includes(one)));
  return order.filter((one) => found.includes(one));
}

function effectsOf(
  statement: PlainStatement,
  request: PlainRequest,
  kind: 'identity' | 'resource',
): PlainOutcome[] {
  const rest = every([
    actionFits(statement, request),
    resourceFits(statement, request),
    conditionsHold(statement, request),
  ]);
  const callers = kind === 'identity' ? (['direct'] as const) : callersOf(statement, request.caller);
  const effects = new Set<PlainOutcome>();
  for (const caller of callers) {
    if (caller === 'nobody' || rest !== true) effects.add('none');
    if (caller === 'nobody' || rest === false) continue;
    if (statement.Effect === 'Deny') effects.add('denied');
    else effects.add(caller === 'direct' ? 'allowed' : 'delegated');
  }
  return [...effects];
}

type Naming = 'direct' | 'account' | 'nobody';

/** All ways in which the statement may name the caller. */
function callersOf({ Principal, NotPrincipal }: PlainStatement, caller: PlainCaller): readonly Naming[] {
  if (Principal === '*') return ['direct'];
  if (Principal) {
    const { direct, account } = named(Principal, caller);
    const otherwise: Naming[] =
      account === true ? ['account'] : account === false ? ['nobody'] : ['account', 'nobody'];
    if (direct === true) return ['direct'];
    return direct === false ? otherwise : ['direct', ...otherwise];
  }
  const { direct, account } = named(NotPrincipal ?? {}, caller);
  if (caller.service)
    return direct === true ? ['nobody'] : direct === false ? ['direct'] : ['direct', 'nobody'];
  if (direct === false && account === false) return ['direct'];
  return caller.session && direct === true && account === true ? ['nobody'] : ['direct', 'nobody'];
}

function named(block: Record<string, string[]>, caller: PlainCaller): { direct: Truth; account: Truth } {
  const { AWS = [], Service = [] } = block;
  if (caller.service)
    return {
      direct: Service.includes(caller.service) || (AWS.includes('*') ? undefined : false),
      account: false,
    };
  const own = `arn:aws:iam::${caller.account}`;
  const role = `${own}:role/${caller.role}`;
  const session = `arn:aws:sts::${caller.account}:assumed-role/${caller.role}/`;
  const direct = some(
    AWS.map((name) => {
      if (name === '*' || name === role) return true;
      if (name.startsWith('AROA')) return undefined;
      if (!name.startsWith(session)) return false;
      return caller.session ? name === session + caller.session : undefined;
    }),
  );
  return { direct, account: AWS.includes(caller.account) || AWS.includes(`${own}:root`) };
}

function actionFits({ Action, NotAction }: PlainStatement, { action }: PlainRequest): Truth {
  const among = (forms: string[]) => forms.some((form) => fits(form.toLowerCase(), action.toLowerCase()));
  return Action ? among(Action) : !among(NotAction ?? []);
}

function resourceFits({ Resource, NotResource }: PlainStatement, { resource, facts }: PlainRequest): Truth {
  const list = Resource ?? NotResource;
  if (!list) return true;
  const fitting = some(
    list.map((text) => {
      const form = spelled(text, facts);
      if (form === undefined) return undefined;
      if (form === null) return Resource ? false : undefined;
      if (!fits(form, resource)) return false;
      // Documented is only a star that ends its segment; a question mark never does more than one letter.
      const endsSegment = (rest: string) => /^\*+(?=$|:|\\:)|^(?=$|:|\\:)/.test(rest);
      return fits(form, resource, endsSegment) ? true : undefined;
    }),
  );
  return Resource ? fitting : opposite(fitting);
}

function conditionsHold({ Condition = {} }: PlainStatement, { facts }: PlainRequest): Truth {
  return every(
    Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, wanted]) => condition(operator, key, wanted, facts)),
    ),
  );
}
