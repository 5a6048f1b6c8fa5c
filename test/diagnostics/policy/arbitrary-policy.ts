import { fc } from '#test/property.ts';
import type { PlainCaller, PlainStatement } from './reference-policy.ts';

const account = '111111111111';
const role = `arn:aws:iam::${account}:role/app`;
const session = `arn:aws:sts::${account}:assumed-role/app/one`;
export const service = 'ecs-tasks.amazonaws.com';

export const callers: readonly PlainCaller[] = [
  { account, role: 'app' },
  { account, role: 'app', session: 'one' },
  { account, role: 'other' },
  { account: '222222222222', role: 'app' },
  { account, service },
];

export const actions = ['ecr:BatchGetImage', 'ecr:GetItem', 's3:GetObject'] as const;
export const resources = [
  '*',
  'arn:aws:x:r:1:a',
  'arn:aws:x:r:1:ab:a',
  'arn:aws:x::1:b/a:b',
  'arn:aws:y:r:1:a/b',
] as const;

const actionForms = fc.constantFrom(
  '*',
  '*',
  '*',
  'ecr:*',
  'ECR:get*',
  'ecr:BatchGet?mage',
  's3:*Object',
  's3:PutObject',
  '*:Get*',
);

/** An ARN with some letters turned into wildcards or variables. */
const resourceForms = fc
  .tuple(
    fc.constantFrom(...resources),
    fc.array(fc.tuple(fc.nat(20), fc.constantFrom('*', '?', '**')), { maxLength: 3 }),
  )
  .map(([arn, holes]) => {
    const letters = [...arn];
    for (const [at, hole] of holes) if (at < letters.length) letters[at] = hole;
    return letters.join('');
  });
/** Put together here, since a linter takes the form for a slip of the pen. */
const variable = (inner: string) => `$\{${inner}}`;
const variables = fc.constantFrom(
  ...['k', "k, 'a'", 'many', '*', '?', 'n'].map(variable),
  `a${variable('$')}`,
);
const variableForms = fc
  .tuple(fc.constantFrom('arn:aws:x:r:1:', '*'), variables)
  .map((parts) => parts.join(''));

const principals = fc.oneof(
  fc.constant('*' as const),
  fc
    .record(
      {
        AWS: fc.uniqueArray(
          fc.constantFrom(
            '*',
            role,
            session,
            `${session}-2`,
            account,
            `arn:aws:iam::${account}:root`,
            '222222222222',
            'AROA1',
            `${role}2`,
          ),
          { minLength: 1, maxLength: 3 },
        ),
        Service: fc.uniqueArray(fc.constantFrom(service, 'ec2.amazonaws.com'), { minLength: 1 }),
        Federated: fc.constant(['cognito-identity.amazonaws.com']),
      },
      { requiredKeys: [] },
    )
    .filter((block) => Object.keys(block).length > 0),
);

const operators = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'StringLikeIfExists',
  'StringNotEqualsIfExists',
  'ForAllValues:StringLike',
  'ForAnyValue:StringEquals',
  'ForAllValues:StringNotEquals',
  'ForAnyValue:StringNotLike',
  'ForAllValues:StringEqualsIfExists',
  'NumericLessThan',
  'NumericNotEquals',
  'Bool',
  'Null',
  'StringSoundsLike',
] as const;
export const keys = ['k', 'many', 'n'] as const;

const condition = fc
  .tuple(
    fc.constantFrom(...operators),
    fc.constantFrom(...keys),
    fc.array(fc.oneof(fc.constantFrom('a', 'A', 'ab', 'a*', '?', '1', '2', 'true'), variables), {
      minLength: 1,
      maxLength: 2,
    }),
  )
  .map(([operator, key, wanted]) => {
    const values = operator === 'Null' ? [wanted.length === 1 ? 'true' : 'false'] : wanted;
    return { [operator]: { [key]: values } };
  });

function either<A, B>(one: string, yes: fc.Arbitrary<A>, other: string, no: fc.Arbitrary<B>) {
  return fc.oneof(
    { weight: 4, arbitrary: yes.map((value) => ({ [one]: value })) },
    no.map((value) => ({ [other]: value })),
  );
}

export function statement(kind: 'identity' | 'resource'): fc.Arbitrary<PlainStatement> {
  const forms = fc.array(actionForms, { minLength: 1, maxLength: 2 });
  const places = fc.array(
    fc.oneof(
      { weight: 4, arbitrary: resourceForms },
      { weight: 3, arbitrary: fc.constant('*') },
      variableForms,
    ),
    {
      minLength: 1,
      maxLength: 2,
    },
  );
  const listed = principals.filter((block) => block !== '*');
  return fc
    .tuple(
      fc.constantFrom('Allow', 'Deny'),
      kind === 'identity' ? fc.constant({}) : either('Principal', principals, 'NotPrincipal', listed),
      either('Action', forms, 'NotAction', forms),
      either('Resource', places, 'NotResource', places),
      fc.option(condition, { nil: undefined }),
    )
    .map(([Effect, ...parts]) => {
      const [principal, action, resource, Condition] = parts;
      return {
        Effect,
        ...principal,
        ...action,
        ...resource,
        ...(Condition && { Condition }),
      } as PlainStatement;
    });
}

/** Values of the keys, `null` for one that the call does not carry. */
export const facts = fc.record({
  k: fc.constantFrom<string[] | null>(['a'], ['ab'], ['A'], ['1'], ['*'], null),
  many: fc.constantFrom<string[] | null>(['a', 'ab'], ['a'], ['b', '1'], null),
  n: fc.constantFrom<string[] | null>(['1'], ['5'], ['true'], null),
});
