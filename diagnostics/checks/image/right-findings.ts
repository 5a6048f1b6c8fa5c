import { findingOf } from '../../findings.ts';
import { type HostVerdict, hostsMayPull, pullsByHost } from '../../image/host-may-pull.ts';
import { type PullRightState, pullRights } from '../../image/may-pull.ts';
import { repositoryArn } from '../../image/pulled.ts';
import { repositoryPolicyStatement } from '../../policy/statement.ts';
import type { Evidence, Finding } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { listed } from '../../words.ts';
import { type Known, reasonOf, unpulled } from './known.ts';
import { identityFix } from './right-fixes.ts';

const pulls = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

/** Whether the role that pulls may, with the side that has to change. */
export function rightFindings(known: Known): Finding[] {
  const { facts, revision } = known;
  // What fills a repository is asked about wherever it is not there yet.
  if (!facts.repository || (facts.rights === undefined && !known.question.aspects.includes('rights')))
    return [];
  if (revision.executionRoleArn === undefined && !pullsByHost(revision.launch)) return withoutRole(known);
  const roleArn = revision.executionRoleArn ?? hostsOf(known)?.role?.arn;
  if (roleArn === undefined) return [];
  const states = statesOf(known);
  const denied = states.filter(({ state }) => state === 'denied');
  if (denied.length > 0) return deniedFindings(known, denied, roleArn);
  const open = states.filter(({ state }) => state === 'open');
  return open.length > 0 && !facts.pulled ? [openFinding(known, open, roleArn)] : [];
}

export function statesOf({ facts, revision }: Known): PullRightState[] {
  const { executionRoleArn: arn, home } = revision;
  // Without an execution role it is the instance's that pulls.
  if (arn === undefined) return hostsMayPull(facts, home.account)?.states ?? [];
  return pullRights(facts, { arn, account: home.account, ...roleOf(facts) });
}

function hostsOf({ facts, revision }: Known): HostVerdict | undefined {
  return hostsMayPull(facts, revision.home.account);
}

/** On an instance either role may pull: what one lacks decides only where the other lacks it, too. Undefined: it does. */
function undecided(known: Known, roleArn: string): string | undefined {
  const hosts = hostsOf(known);
  if (!pullsByHost(known.revision.launch) || hosts?.answer === 'cannot') return undefined;
  const [role, why] = [hosts?.role?.name, hosts?.why];
  if (roleArn !== known.revision.executionRoleArn)
    return `other instances may have a role that may pull: ${why}`;
  if (hosts?.answer === 'can') return `the role of the instance, ${role}, may pull in its place`;
  return `the role of the instance may pull in its place${why ? `: ${why}` : ''}`;
}

function roleWords({ revision }: Known, roleArn: string): string {
  return roleArn === revision.executionRoleArn ? 'execution role' : 'role of the instance,';
}

function roleOf({ role }: Known['facts']) {
  return role?.ok ? { role: role.value } : {};
}

/** Certain on Fargate; elsewhere AWS's page says so, and an agent may yet find other credentials. */
function withoutRole(known: Known): Finding[] {
  const { definition, launch } = known.revision;
  const isCertain = launch === 'fargate';
  if (!isCertain && known.facts.pulled) return [];
  const said = answer('image-ecr-permission', {
    why: 'no execution role is set',
    ...(!isCertain && { status: 'likely', decide: 'the stopped reason of a task that is started so' }),
  });
  const found = findingOf(said, known.names, {
    ...reasonOf(known, 'image-ecr-permission', unpulled),
    subject: definition.taskDefinitionArn,
    summary: `${known.facts.image.image} lies in ECR, and the task definition names no execution role to pull it with.`,
    evidence: [{ api: 'ecs:DescribeTaskDefinition', field: 'executionRoleArn', value: '(not set)' }],
    fix: {
      summary:
        'Set executionRoleArn in the task definition to a role that trusts ecs-tasks.amazonaws.com and holds AmazonECSTaskExecutionRolePolicy.',
      terraform: `execution_role_arn = aws_iam_role.${definition.family ?? 'task'}_execution.arn # of the aws_ecs_task_definition`,
    },
  });
  return [found];
}

function deniedFindings(known: Known, denied: readonly PullRightState[], roleArn: string): Finding[] {
  const bySide = (side: 'identity' | 'resource') => denied.filter(({ mend }) => mend.includes(side));
  const own = bySide('identity');
  const theirs = bySide('resource');
  const login = own.filter(({ action }) => action === 'ecr:GetAuthorizationToken');
  const others = own.filter(({ action }) => action !== 'ecr:GetAuthorizationToken');
  return [
    ...(login.length > 0 ? [identityFinding(known, 'ecr-auth-permission-denied', login, own, roleArn)] : []),
    ...(others.length > 0 ? [identityFinding(known, 'image-ecr-permission', others, own, roleArn)] : []),
    ...(theirs.length > 0 ? policyFindings(known, theirs, roleArn) : []),
  ];
}

const refusals = ['image-registry-auth', 'image-ecr-permission', 'image-ecr-repo-policy'];

/** On an instance the agent may pull with the role of the instance: then what this role lacks does not decide. */
function identityFinding(
  known: Known,
  cause: string,
  denied: readonly PullRightState[],
  all: readonly PullRightState[],
  roleArn: string,
): Finding {
  const { facts } = known;
  const name = roleArn.split('/').at(-1) ?? roleArn;
  const [first] = denied;
  const actions = listed(denied.map(({ action }) => action));
  const byInstance = undecided(known, roleArn);
  const why = first?.why ?? '';
  // What a role lacks the policy of its own account's registry may give, another account's cannot; nor any the login.
  const mayBeGiven =
    facts.pulled &&
    facts.repository?.account === known.revision.home.account &&
    cause !== 'ecr-auth-permission-denied' &&
    denied.every(({ deny }) => deny === undefined);
  const doubt = byInstance ?? (mayBeGiven ? registryPolicyWords(known) : undefined);
  return findingOf(
    answer(cause, {
      status: byInstance ? 'open' : doubt ? 'likely' : 'confirmed',
      why,
      ...(doubt && { decide: doubt }),
    }),
    { ...known.names, action: first?.action, resource: first?.resource },
    {
      ...reasonOf(
        known,
        cause,
        facts.rule?.ok && facts.rule.value ? [...unpulled, 'image-not-found'] : unpulled,
      ),
      subject: roleArn,
      summary: `The ${roleWords(known, roleArn)} ${name} ${byInstance ? 'itself may' : 'may'} not call ${actions} on ${facts.repository?.name}: ${why}.${laterOf(known)}`,
      evidence: denied.map((right) => simulated(right, roleArn)),
      fix: identityFix(known, all, roleArn),
    },
  );
}

/**
 * What a repository's policy does not allow the policy of its whole registry may, which only the owner reads; and what
 * has been pulled is admitted by one of the two.
 * Source: ECR User Guide, "Private registry permissions in Amazon ECR".
 */
function policyFindings(known: Known, denied: readonly PullRightState[], roleArn: string): Finding[] {
  const { facts, revision } = known;
  const { repository, policy } = facts;
  const place = repository ?? { account: '', region: '', name: '' };
  const [first] = denied;
  const why = first?.why ?? '';
  const deny = denied.find((right) => right.deny !== undefined)?.deny;
  const owner = place.account === revision.home.account ? '' : ` of account ${place.account}`;
  const text =
    policy?.ok && policy.value.state === 'policy' ? policy.value.text : 'RepositoryPolicyNotFoundException';
  const arn = repositoryArn(revision.home.partition, place);
  const byInstance = undecided(known, roleArn);
  // A pull that was refused shows that no other policy admits it.
  const refused = known.question.causes.some((cause) => refusals.includes(cause));
  const status = byInstance ? 'open' : deny || refused ? 'confirmed' : 'likely';
  if (status !== 'confirmed' && facts.pulled) return [];
  const decide = byInstance ?? registryPolicyWords(known);
  const found = findingOf(
    answer('image-ecr-repo-policy', { status, why, decide }),
    { ...known.names, action: first?.action, resource: arn },
    {
      ...reasonOf(known, 'image-ecr-repo-policy', [...unpulled, 'image-ecr-permission']),
      subject: arn,
      summary: `The repository ${place.name}${owner} does not let ${roleArn.split('/').at(-1)} pull: ${why}.${laterOf(known)}`,
      evidence: [
        {
          api: 'ecr:GetRepositoryPolicy',
          field: 'policyText',
          value: deny?.text ?? text,
          cli: `aws ecr get-repository-policy --registry-id ${place.account} --repository-name ${place.name} --region ${place.region}`,
        },
      ],
      fix: deny
        ? {
            summary: `In account ${place.account}, take ${roleArn} out of ${deny.label} of the policy of ${place.name}, which denies it; an allow does not outweigh a deny.`,
            cli: `aws ecr get-repository-policy --registry-id ${place.account} --repository-name ${place.name} --region ${place.region}`,
          }
        : {
            summary: `In account ${place.account}, let ${roleArn} pull in the policy of ${place.name}.`,
            ...repositoryPolicyStatement({
              repositoryArn: arn,
              principalArn: roleArn,
              actions: pulls,
              hasPolicy: policy?.ok === true && policy.value.state === 'policy',
            }),
          },
    },
  );
  return [found];
}

function registryPolicyWords({ facts: { repository } }: Known): string {
  return `the registry policy of account ${repository?.account} may admit it, which aws ecr get-registry-policy --region ${repository?.region} shows there`;
}

function openFinding(known: Known, open: readonly PullRightState[], roleArn: string): Finding {
  const { facts, revision } = known;
  const foreign = facts.repository?.account !== revision.home.account;
  const cause = foreign ? 'image-ecr-repo-policy' : 'image-ecr-permission';
  const [first] = open;
  const why = first?.why ?? '';
  return findingOf(
    answer(cause, {
      status: 'open',
      why,
      decide: `${why}; a task that is started with this role decides it`,
    }),
    { ...known.names, action: first?.action, resource: first?.resource },
    {
      ...reasonOf(known, cause, unpulled),
      summary: `Whether ${roleArn.split('/').at(-1)} may pull ${facts.repository?.name} cannot be decided: ${why}.`,
      evidence: open.map((right) => simulated(right, roleArn)),
    },
  );
}

function laterOf({ facts, revision }: Known): string {
  if (facts.running.length === 0) return '';
  // The agent falls back to the image that the instance has, unless ECS_IMAGE_PULL_BEHAVIOR says otherwise.
  return revision.compute === 'instances'
    ? ' Tasks that run keep their image; further ones start only where an instance has it already.'
    : ' Tasks that run keep their image; none can start any more.';
}

function simulated({ action, resource, state, why }: PullRightState, roleArn: string): Evidence {
  return {
    api: 'iam:SimulatePrincipalPolicy',
    field: `EvaluationResults[${action}].EvalDecision`,
    value: `${state === 'denied' ? 'not allowed' : 'open'} on ${resource}: ${why}`,
    cli: `aws iam simulate-principal-policy --policy-source-arn ${roleArn} --action-names ${action} --resource-arns '${resource}'`,
  };
}
