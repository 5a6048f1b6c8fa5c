import { type Before, type Compared, comparedOf } from '../../changes/compared.ts';
import { defineFact, type FactContext } from '../../fact.ts';
import type { NotChecked } from '../../report.ts';
import { revisionOf } from '../../words.ts';
import { notCheckedOf } from '../read.ts';
import { service } from '../service.ts';
import { serviceDeployments } from '../service-deployments.ts';
import { serviceRevisions } from '../service-revisions.ts';
import { taskDefinition, taskDefinitions } from '../task-definitions.ts';
import { tasks } from '../tasks.ts';

export interface ChangeBase extends Before {
  compared: Compared;
  notChecked: NotChecked[];
}

/** What ran and what runs: the two versions that are compared, and the times between which that changed. */
export const changeBase = defineFact<ChangeBase>({
  id: 'change-base',
  what: 'what ran before and what runs now',
  actions: [
    ...new Set([
      ...tasks.actions,
      ...service.actions,
      ...serviceDeployments.actions,
      ...serviceRevisions.actions,
      ...taskDefinitions.actions,
    ]),
  ],
  async load(context) {
    const { read, settle, scope } = context;
    const [known, described, history, revisions, defined] = await Promise.all([
      settle(tasks),
      read(service),
      settle(serviceDeployments),
      settle(serviceRevisions),
      settle(taskDefinitions),
    ]);
    const base: Before = {
      tasks: known.ok ? known.value : nothing,
      service: described,
      definitions: defined.ok ? defined.value : {},
      history: history.ok ? history.value : [],
      revisions: revisions.ok ? revisions.value : {},
    };
    const compared = comparedOf(base, scope);
    const wanted = [compared.before.definition, compared.after.definition];
    const missing = await readMissing(context, base.definitions, wanted);
    const parts = [
      ['the tasks', known],
      ['the history of deployments', history],
      ['what the deployments deployed', revisions],
      ['the task definitions', defined],
    ] as const;
    return {
      ...base,
      definitions: { ...base.definitions, ...missing.definitions },
      compared,
      notChecked: [
        ...parts.flatMap(([what, part]) => (part.ok ? [] : [notCheckedOf(what, part.failure)])),
        // Refused, all of them are, and that is said already.
        ...(defined.ok ? missing.notChecked : []),
        ...(history.ok && revisions.ok ? compared.unknown.map(untold) : []),
      ],
    };
  },
});

function untold(check: string): NotChecked {
  return { check, reason: 'NotFound', detail: 'ECS does not tell it any more' };
}

const nothing = {
  stopped: [],
  stopping: [],
  running: [],
  forgotten: [],
  listed: 0,
  looked: 0,
  complete: true,
  runningComplete: true,
};

async function readMissing(
  { settle }: FactContext,
  known: Before['definitions'],
  wanted: readonly (string | undefined)[],
): Promise<Pick<ChangeBase, 'definitions' | 'notChecked'>> {
  const missing = [...new Set(wanted)].flatMap((arn) => (arn !== undefined && !known[arn] ? [arn] : []));
  const read = await Promise.all(
    missing.map(async (arn) => ({ arn, found: await settle(taskDefinition, arn) })),
  );
  return {
    definitions: Object.fromEntries(read.flatMap(({ arn, found }) => (found.ok ? [[arn, found.value]] : []))),
    notChecked: read.flatMap(({ arn, found }) =>
      found.ok ? [] : [notCheckedOf(`the task definition ${revisionOf(arn)}`, found.failure)],
    ),
  };
}
