import type { Service, ServiceDeploymentBrief, TaskDefinition } from '@aws-sdk/client-ecs';
import { tellsOfLogin } from '../../changes/telling.ts';
import { decisiveLine } from '../../checks/stops/log-evidence.ts';
import { defineFact, type FactContext } from '../../fact.ts';
import type { LogTail } from '../../report.ts';
import { homeOf, referencesOf } from '../../secret-references/references.ts';
import { type SecretReference, secretKeyOf } from '../../secret-references/value-from.ts';
import { readStop } from '../../stops.ts';
import { type SecretFact, secret } from '../access/secret.ts';
import { crashLogs } from '../crash-logs.ts';
import { partOf, type Read } from '../read.ts';
import { service } from '../service.ts';
import { serviceDeployments } from '../service-deployments.ts';
import { type ServiceRevisions, serviceRevisions } from '../service-revisions.ts';
import { type TaskDefinitions, taskDefinitions } from '../task-definitions.ts';
import { type Tasks, tasks } from '../tasks.ts';

/** A secret that failing tasks read as they start. */
export interface ReadSecret {
  name: string;
  arn: string;
  secret: Read<SecretFact>;
}

/** What is needed to say which change explains a failure. Beyond the stops only what their kind asks for is read. */
export interface ChangeClues {
  tasks: Tasks;
  service: Service | undefined;
  definitions: TaskDefinitions;
  logs: LogTail[];
  /** Of the revision that fails; only where a login is refused. */
  secrets: ReadSecret[];
  /** Only where tasks cannot connect. */
  history?: Read<ServiceDeploymentBrief[]>;
  revisions?: Read<ServiceRevisions>;
}

const secretsAtMost = 10;

/** Causes whose log line decides what was changed. */
const spoken = /^(?:app-|exit-)/;
/** Causes that another security group can bring about. */
export const unreachable =
  /(?:^app-dependency|^(?:secrets|logs)-endpoint|^image-registry|^image-layer-s3|^ecr-auth)-unreachable$|^elb-health-(?:timeout|connection-failed)$/;

export const changeClues = defineFact<ChangeClues>({
  id: 'change-clues',
  what: 'what changed between the tasks that run and those that fail',
  actions: [
    ...new Set([
      ...tasks.actions,
      ...service.actions,
      ...taskDefinitions.actions,
      ...crashLogs.actions,
      ...secret.actions,
      ...serviceDeployments.actions,
      ...serviceRevisions.actions,
    ]),
  ],
  async load(context) {
    const { read, settle } = context;
    const [known, described] = await Promise.all([read(tasks), settle(service)]);
    const of = described.ok ? described.value : undefined;
    const base = { tasks: known, service: of, secrets: [], logs: [] };
    if (known.stopped.length === 0) return { ...base, definitions: {} };
    const defined = await settle(taskDefinitions);
    const definitions = defined.ok ? defined.value : {};
    const causes = known.stopped.map(
      (task) => readStop(task, definitions, { service: of }).explanations[0].cause,
    );
    const speaks = causes.some((cause) => spoken.test(cause));
    const settled = speaks ? await settle(crashLogs) : undefined;
    const logs = settled?.ok ? settled.value : [];
    const lines = logs.flatMap((log) => decisiveLine(log)?.message ?? []);
    const told = known.stopped.flatMap((task) => {
      const logTail = logs
        .find((log) => log.task === task.taskArn?.split('/').at(-1))
        ?.lines.map(({ message }) => message)
        .join('\n');
      return logTail === undefined
        ? []
        : readStop(task, definitions, { service: of, logTail }).explanations[0].cause;
    });
    const cannotConnect = [...causes, ...told].some((cause) => unreachable.test(cause));
    const failing = definitions[known.stopped[0]?.taskDefinitionArn ?? ''];
    const [secrets, history, revisions] = await Promise.all([
      failing && lines.some(tellsOfLogin) ? secretsOf(context, failing) : [],
      cannotConnect ? settle(serviceDeployments) : undefined,
      cannotConnect ? settle(serviceRevisions) : undefined,
    ]);
    return {
      ...base,
      definitions,
      logs,
      secrets,
      ...(history && { history: partOf('the history of deployments', history) }),
      ...(revisions && { revisions: partOf('what the deployments deployed', revisions) }),
    };
  },
});

/** The secrets that a revision's tasks read as they start; of each only what it says of itself. */
export async function secretsOf(
  { settle, target }: Pick<FactContext, 'settle' | 'target'>,
  definition: TaskDefinition,
): Promise<ReadSecret[]> {
  const { secrets } = referencesOf(definition, homeOf(definition, target));
  const found = secrets
    .map(({ reference }) => reference)
    .filter((reference): reference is SecretReference => reference.kind === 'secret');
  const distinct = [...new Map(found.map((reference) => [secretKeyOf(reference), reference])).values()];
  return Promise.all(
    distinct.slice(0, secretsAtMost).map(async ({ id, region, name }) => ({
      name,
      arn: id,
      secret: partOf(`when the secret ${name} was changed`, await settle(secret, { id, region })),
    })),
  );
}
