import type { ContainerInstance, Service, ServiceDeploymentBrief } from '@aws-sdk/client-ecs';
import { tellsOfLogin } from '../../changes/telling.ts';
import { decisiveLine } from '../../checks/stops/log-evidence.ts';
import { defineFact } from '../../fact.ts';
import type { LogTail } from '../../report.ts';
import { readStop } from '../../stops.ts';
import { instancesOfTasks } from '../container-instances.ts';
import { crashLogs } from '../crash-logs.ts';
import { partOf, type Read } from '../read.ts';
import { service } from '../service.ts';
import { serviceDeployments } from '../service-deployments.ts';
import { type ServiceRevisions, serviceRevisions } from '../service-revisions.ts';
import { type TaskDefinitions, taskDefinitions } from '../task-definitions.ts';
import { type Tasks, tasks } from '../tasks.ts';
import { type ReadValue, valueActions, valuesOf } from './read-values.ts';

/** What is needed to say which change explains a failure. Beyond the stops only what their kind asks for is read. */
export interface ChangeClues {
  tasks: Tasks;
  service: Service | undefined;
  definitions: TaskDefinitions;
  logs: LogTail[];
  /** Of the revision that fails; only where a login is refused. */
  values: ReadValue[];
  /** Only where one revision runs on some instances and fails on others. */
  instances?: Read<ContainerInstance[]>;
  /** Only where tasks cannot connect. */
  history?: Read<ServiceDeploymentBrief[]>;
  revisions?: Read<ServiceRevisions>;
}

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
      ...instancesOfTasks.actions,
      ...valueActions,
      ...serviceDeployments.actions,
      ...serviceRevisions.actions,
    ]),
  ],
  async load(context) {
    const { read, settle } = context;
    const [known, described] = await Promise.all([read(tasks), settle(service)]);
    const of = described.ok ? described.value : undefined;
    const base = { tasks: known, service: of, values: [], logs: [] };
    if (known.stopped.length === 0) return { ...base, definitions: {} };
    // Asked for beside all that follows.
    const hosts = isApart(known) ? settle(instancesOfTasks) : undefined;
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
    const [values, instances, history, revisions] = await Promise.all([
      failing && lines.some(tellsOfLogin) ? valuesOf(context, failing) : [],
      hosts,
      cannotConnect ? settle(serviceDeployments) : undefined,
      cannotConnect ? settle(serviceRevisions) : undefined,
    ]);
    return {
      ...base,
      definitions,
      logs,
      values,
      ...(instances && { instances: partOf(instancesOfTasks.what, instances) }),
      ...(history && { history: partOf('the history of deployments', history) }),
      ...(revisions && { revisions: partOf('what the deployments deployed', revisions) }),
    };
  },
});

/** Whether the newest failure was on an instance, while others of its revision run, and on other instances alone. */
function isApart({ stopped: [failed], running }: Tasks): boolean {
  const host = failed?.containerInstanceArn;
  const alive = running.filter(
    ({ lastStatus, taskDefinitionArn }) =>
      lastStatus === 'RUNNING' && taskDefinitionArn === failed?.taskDefinitionArn,
  );
  return (
    host !== undefined &&
    alive.length > 0 &&
    alive.every(({ containerInstanceArn }) => containerInstanceArn !== host)
  );
}
