import { describeSecret } from '../../by-hand.ts';
import { parameterField, secretField } from '../../changes/paths.ts';
import { tellsOfLogin } from '../../changes/telling.ts';
import type { ReadValue } from '../../facts/changes/read-values.ts';
import { findingOf, namesFor } from '../../findings.ts';
import type { Evidence, Finding, Target } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { duration } from '../../words.ts';
import { effect, type Failing, failureEvidence } from './failing.ts';

/** A login is refused since a secret or a parameter was changed, while tasks that read it before still run. */
export function rotatedSecret(failing: Failing): Finding | undefined {
  const { group, line, revisions, clues, context } = failing;
  const { cause, stops } = group;
  if (!tellsOfLogin(line)) return undefined;
  const starts = stops.flatMap(({ task }) => task.createdAt?.getTime() ?? []);
  const firstStart = Math.min(...starts);
  const survivors = clues.tasks.running.filter(
    ({ lastStatus, createdAt }) => lastStatus === 'RUNNING' && (createdAt?.getTime() ?? 0) < firstStart,
  );
  const lastGood = Math.max(...survivors.map(({ createdAt }) => createdAt?.getTime() ?? 0));
  const changed = clues.values.flatMap(({ kind, name, id, region, state }) => {
    const at = state.ok ? state.value?.changedAt : undefined;
    return at !== undefined && at.getTime() <= firstStart ? [{ kind, name, id, region, at }] : [];
  });
  // Without a task that read the old value nothing shows that the old value was right.
  const since = changed.filter(({ at }) => survivors.length > 0 && at.getTime() > lastGood);
  const [one, ...more] = since;
  if (!one || more.length > 0) return undefined;
  const definition = clues.definitions[revisions.newest ?? ''];
  const { target, scope } = context;
  return {
    ...findingOf(
      answer('secret-rotated', {
        status: 'likely',
        why: 'the times of the secret and of the tasks',
        decide: `whether ${one.name} opens what the log speaks of, which only a login with it shows`,
      }),
      {
        ...namesFor(target, {
          ...(clues.service && { service: clues.service }),
          ...(definition && { definition }),
        }),
        resource: one.name,
      },
      {
        subject: one.id,
        summary: `The ${one.kind} was changed ${duration(scope.now.getTime() - one.at.getTime())} ago; tasks started before it run, and those started since are refused: ${effect(group, context)}.`,
        reasonOf: [cause.cause],
        evidence: [
          valueEvidence(one, target),
          {
            api: 'ecs:DescribeTasks',
            field: 'tasks[].createdAt',
            value: `running since ${new Date(lastGood).toISOString()}, failing since ${new Date(firstStart).toISOString()}`,
          },
          ...failureEvidence(failing),
        ],
        next: ['changes', 'iam'],
      },
    ),
    title: `the ${one.kind} ${one.name} was changed`,
  };
}

function valueEvidence(
  { kind, name, id, region, at }: Pick<ReadValue, 'kind' | 'name' | 'id' | 'region'> & { at: Date },
  target: Target,
): Evidence {
  const seen = { value: at.toISOString(), at: at.toISOString() };
  return kind === 'secret'
    ? { api: 'secretsmanager:DescribeSecret', field: secretField, ...seen, cli: describeSecret(target, id) }
    : {
        api: 'ssm:DescribeParameters',
        field: parameterField,
        ...seen,
        cli: `aws ssm describe-parameters --parameter-filters Key=Name,Option=Equals,Values=${/^[\w./-]+$/.test(name) ? name : 'PARAMETER_NAME'} --region ${region}`,
      };
}
