import { ofAgent, withoutExecutionRole } from '../../access/host-rights.ts';
import type { Right, RightKind } from '../../access/right.ts';
import { revise } from '../../causes/fixes.ts';
import { causeOf } from '../../causes/index.ts';
import type { JudgedRevision, Launch } from '../../facts/access/judged-revision.ts';
import { isNamesake } from '../../facts/role.ts';
import { findingOf } from '../../findings.ts';
import { quoted } from '../../policy/role-statement.ts';
import { roleConsole } from '../../policy/statement.ts';
import { readTrust, type TrustReading } from '../../policy/trust.ts';
import type { Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { listed } from '../../words.ts';
import { byHand, type Known } from './known.ts';
import { neededFinding } from './needed-role.ts';

export type RoleName = 'execution' | 'task';

/** What came of a role: there and trusted, or not. */
export interface RoleState {
  role: RoleName;
  arn?: string | undefined;
  state: 'ok' | 'none' | 'missing' | 'not-trusted' | 'open' | 'not-checked';
  why?: string | undefined;
  trust?: string;
  /** A statement of the trust policy denies it, which one more statement does not mend. */
  isDenied?: boolean;
  /** There is none, and something needs it whose credentials no instance gives. */
  isNeeded?: { status: 'confirmed' | 'likely'; toPull: boolean };
  /** ARN of the role of the same name and another path. */
  namesake?: string;
}

/** Both roles: whether they exist and let ECS tasks assume them. */
export function roleStates(known: Known): RoleState[] {
  return (['execution', 'task'] as const).map((role) => roleState(known, role));
}

function roleState({ revision, roles, context }: Known, role: RoleName): RoleState {
  const arn = role === 'execution' ? revision.executionRoleArn : revision.taskRoleArn;
  if (arn === undefined) return withoutRole(role, revision);
  const read = roles?.[role];
  if (!read?.ok) return { role, arn, state: 'not-checked', why: 'the role was not read' };
  if (read.value.missing) return { role, arn, state: 'missing', why: 'there is no role of this name' };
  if (isNamesake(read.value, arn)) {
    const namesake = read.value.arn;
    return {
      role,
      arn,
      state: 'missing',
      why: `no role has this path, and ${namesake} has its name`,
      namesake,
    };
  }
  const { trust } = read.value;
  const { partition, region, account } = revision.home;
  const clusterArn = `arn:${partition}:ecs:${region}:${account}:cluster/${context.target.cluster ?? 'default'}`;
  const reading = readTrust({ document: trust, account, clusterArn });
  const why = whyNot(reading);
  if (reading.answer === 'trusts') return { role, arn, state: 'ok', trust };
  const isDenied = reading.answer === 'denied';
  return { role, arn, state: reading.answer === 'open' ? 'open' : 'not-trusted', why, trust, isDenied };
}

function withoutRole(role: RoleName, revision: JudgedRevision): RoleState {
  const { launch } = revision;
  const needs = role === 'execution' ? withoutExecutionRole(revision.definition, revision) : [];
  if (needs.length > 0) {
    const things = [...new Set(needs.map(({ kind }) => fetched[kind] ?? 'what its tasks need'))];
    return {
      role,
      state: 'none',
      why: `none is set, and ${listed(things)} ${things.length === 1 ? 'needs' : 'need'} one`,
      isNeeded: isNeeded(needs, launch),
    };
  }
  if (launch === 'ec2' || (launch === 'managed' && role === 'task'))
    return { role, state: 'none', why: 'none is set, so that the role of the instance is used' };
  const idle = role === 'task' && launch === 'fargate' ? ', so that the program has no AWS credentials' : '';
  return { role, state: 'none', why: `none is set${idle}` };
}

/** On Fargate nobody else can pull from ECR; of instances that AWS manages and of external ones its page alone says so. */
function isNeeded(needs: readonly Right[], launch: Launch): NonNullable<RoleState['isNeeded']> {
  if (needs.some(({ kind }) => !ofAgent.has(kind))) return { status: 'confirmed', toPull: false };
  const toPull = needs.some(({ kind }) => kind === 'image');
  return { status: toPull && launch === 'fargate' ? 'confirmed' : 'likely', toPull };
}

/** What an execution role is for, for a sentence. */
const fetched: Partial<Record<RightKind, string>> = {
  secret: 'a secret',
  parameter: 'a parameter',
  file: 'a file from S3',
  bucket: 'a file from S3',
  login: 'a pull from ECR',
  image: 'a pull from ECR',
  stream: 'the awslogs driver',
  group: 'the awslogs driver',
};

function whyNot(reading: TrustReading): string | undefined {
  switch (reading.answer) {
    case 'trusts':
      return undefined;
    case 'denied':
      return `${reading.by.label} of its trust policy denies it`;
    case 'not-named':
      return reading.trusted.length === 0
        ? 'its trust policy names no service'
        : `its trust policy names ${listed(reading.trusted)} and not ecs-tasks.amazonaws.com`;
    case 'condition':
      return `its trust policy asks for ${listed(reading.failing.map(({ key, wanted }) => `${key} ${wanted.join(' or ')}`))}, which is not this cluster`;
    case 'open': {
      const keys = reading.undecided.flatMap(({ because }) => because.map(({ name }) => name));
      return `its trust policy hangs on ${listed([...new Set(keys)]) || 'something that is not known'}`;
    }
  }
}

/** A role that is not there or shuts ECS out. One that nobody can decide about counts only where no task proves it. */
export function roleFindings(known: Known, states: readonly RoleState[]): Finding[] {
  return states.flatMap((state) => {
    const { isNeeded } = state;
    if (isNeeded) return known.provenAt !== undefined ? [] : [neededFinding(known, { ...state, isNeeded })];
    const isOpen = state.state === 'open';
    if (isOpen ? known.provenAt !== undefined : state.state !== 'missing' && state.state !== 'not-trusted')
      return [];
    return [roleFinding(known, state)];
  });
}

function roleFinding({ context, names, runs, revision }: Known, roleState: RoleState): Finding {
  const { role, arn = '', state, why = '', trust, namesake } = roleState;
  const name = arn.split('/').at(-1) ?? arn;
  const status = state === 'open' ? 'open' : 'confirmed';
  const later =
    runs === 0 ? '' : ' Tasks that run keep their credentials for some hours at most; none can start.';
  const { account } = revision.home;
  return findingOf(
    answer('role-cannot-be-assumed', {
      status,
      owner: role === 'execution' ? 'execution-role' : 'task-role',
      why,
      decide: `${why}; aws iam get-role --role-name ${name} shows its trust policy`,
    }),
    names,
    {
      subject: arn,
      summary: `ECS ${state === 'open' ? 'may be unable to' : 'cannot'} assume the ${role} role ${name}: ${why}.${later}`,
      reasonOf: ['init-failed-unclear', 'init-stuck', 'no-task-started'],
      evidence: [
        {
          api: 'iam:GetRole',
          field: namesake ? 'Role.Arn' : state === 'missing' ? 'Role' : 'Role.AssumeRolePolicyDocument',
          value: namesake ?? (state === 'missing' ? `${name} not found` : (trust ?? '(empty)')),
          cli: byHand(context.target, `iam get-role --role-name ${name}`),
        },
      ],
      fix: namesake ? pathFix(roleState, namesake, names) : trustFix(roleState, account, names),
    },
  );
}

/** The task definition names a path that the role does not have. */
function pathFix({ role, arn }: RoleState, namesake: string, names: Known['names']): Finding['fix'] {
  return {
    summary: `Name ${namesake} as the ${role} role in the task definition, or create the role ${arn} that it names.`,
    terraform: `${role}_role_arn = "${namesake}"`,
    cli: revise(names, `.${role}RoleArn = "${namesake}"`),
  };
}

/** The statement that lets the tasks of this account alone assume the role, beside those that are there. */
function trustFix(
  { arn = '', state, trust, isDenied }: RoleState,
  account: string,
  names: Known['names'],
): Finding['fix'] {
  const name = arn.split('/').at(-1) ?? arn;
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'ecs-tasks.amazonaws.com' },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'aws:SourceAccount': account } },
  };
  const missing = state === 'missing';
  const held = missing ? [] : statementsIn(trust);
  const document = JSON.stringify({ Version: '2012-10-17', Statement: [...(held ?? []), statement] });
  const path = /^arn:[^:]+:iam::\d{12}:role(\/.+\/)[^/]+$/.exec(arn)?.[1];
  const general = causeOf('role-cannot-be-assumed')?.fix({ ...names, executionRoleArn: arn });
  const page = roleConsole(arn);
  return {
    summary: missing
      ? `Create the role ${name} with a trust policy for ecs-tasks.amazonaws.com and the rights that the tasks need, or name another role in the task definition.`
      : `Let ${name} trust ecs-tasks.amazonaws.com, beside what its trust policy holds already; a statement that shuts it out has to go.`,
    policy: JSON.stringify(statement, null, 2),
    ...(general?.terraform && { terraform: general.terraform }),
    ...(missing && {
      cli: `aws iam create-role --role-name ${name}${path ? ` --path ${path}` : ''} --assume-role-policy-document ${quoted(document)}`,
    }),
    // What cannot be read must not be written over, and beside a deny a further statement does nothing.
    ...(!missing &&
      held &&
      !isDenied && {
        cli: `aws iam update-assume-role-policy --role-name ${name} --policy-document ${quoted(document)}`,
      }),
    ...(page && { console: page }),
  };
}

/** UpdateAssumeRolePolicy replaces the whole document. Undefined where it cannot be read. */
function statementsIn(trust: string | undefined): unknown[] | undefined {
  try {
    const { Statement } = JSON.parse(trust ?? '') as { Statement?: unknown };
    return Statement === undefined ? undefined : [Statement].flat();
  } catch {
    return undefined;
  }
}
