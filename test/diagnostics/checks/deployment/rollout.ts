import type {
  Deployment,
  Service,
  ServiceDeployment,
  ServiceDeploymentBrief,
  Task,
} from '@aws-sdk/client-ecs';
import type { Outcome } from '#diagnostics/check.ts';
import { judgeRollout } from '#diagnostics/checks/deployment/judge.ts';
import { FactFailure } from '#diagnostics/fact.ts';
import type { DeploymentAlarm } from '#diagnostics/facts/deployment-alarms.ts';
import type { TaskDefinitions } from '#diagnostics/facts/task-definitions.ts';
import { context, deployment, minutesAgo, read, revision, service, tasksOf } from '../facts.ts';

/** A deployment of api:2 over api:1, told as far as a case is about it. */
export interface Told {
  /** Minutes ago that it began. */
  began?: number;
  /** Minutes ago that it ended. */
  ended?: number;
  status?: ServiceDeployment['status'];
  details?: Partial<ServiceDeployment>;
  /** What ListServiceDeployments says of the reason, where the details could not be read. */
  detailsDenied?: string;
  /** Minutes that earlier successful deployments took, newest first. */
  took?: number[];
  /** How many others were stopped before those. */
  failedBefore?: number;
  service?: Partial<Service>;
  listed?: Deployment[];
  own?: Task[];
  old?: Task[];
  stopping?: Task[];
  stops?: Task[];
  alarms?: DeploymentAlarm[];
  /** The state of alarms when it began, by name. */
  alarmsBefore?: Record<string, string>;
  delay?: number;
  definitions?: TaskDefinitions;
  protectedUntil?: Date;
  /** Asked by another command, on the way to something else. */
  onTheWay?: boolean;
}

const denied = {
  ok: false as const,
  failure: new FactFailure('refused', 'AccessDenied', 'ecs:DescribeServiceDeployments'),
};

export const ownId = 'ecs-svc/2';
export const oldId = 'ecs-svc/1';

export function task(more: Partial<Task> = {}): Task {
  return {
    taskArn: `arn:aws:ecs:us-east-1:222222222222:task/prod/${more.startedBy ?? ownId}`,
    lastStatus: 'RUNNING',
    desiredStatus: 'RUNNING',
    startedBy: ownId,
    taskDefinitionArn: revision(more.startedBy === oldId ? 1 : 2),
    createdAt: minutesAgo(5),
    ...more,
  };
}

export const old = (more: Partial<Task> = {}) => task({ startedBy: oldId, ...more });

export function judge(told: Told): Outcome {
  const { began = 10, ended, status = 'IN_PROGRESS', took = [4, 4, 5] } = told;
  const startedAt = minutesAgo(began);
  const finishedAt = ended === undefined ? undefined : minutesAgo(ended);
  const brief: ServiceDeploymentBrief = {
    serviceDeploymentArn: 'arn:sd/2',
    targetServiceRevisionArn: 'arn:rev/2',
    startedAt,
    createdAt: startedAt,
    finishedAt,
    status,
    statusReason: told.detailsDenied ?? told.details?.statusReason,
  };
  const history = took.map((minutes, index): ServiceDeploymentBrief => {
    const day = (index + 1) * 1440;
    return {
      serviceDeploymentArn: `arn:sd/past-${index}`,
      targetServiceRevisionArn: 'arn:rev/1',
      startedAt: minutesAgo(day),
      finishedAt: minutesAgo(day - minutes),
      status: 'SUCCESSFUL',
    };
  });
  const rolledBack = status.startsWith('ROLLBACK');
  const failures = Array.from({ length: told.failedBefore ?? 0 }, (_, index): ServiceDeploymentBrief => {
    const at = minutesAgo((history.length + index + 1) * 1440);
    return {
      serviceDeploymentArn: `arn:sd/failed-${index}`,
      startedAt: at,
      finishedAt: at,
      status: 'STOPPED',
    };
  });
  const listed = told.listed ?? [
    ...(rolledBack ? [] : [deployment({ id: ownId, rolloutState: 'IN_PROGRESS', createdAt: startedAt })]),
    ...(status === 'SUCCESSFUL'
      ? []
      : [
          deployment({
            id: oldId,
            status: rolledBack ? 'PRIMARY' : 'ACTIVE',
            taskDefinition: revision(1),
            createdAt: minutesAgo(1440),
          }),
        ]),
  ];
  const running = [...(told.own ?? []), ...(told.old ?? [])];
  const details: ServiceDeployment = {
    ...brief,
    sourceServiceRevisions: [{ arn: 'arn:rev/1' }],
    targetServiceRevision: { arn: 'arn:rev/2' },
    ...told.details,
  };
  return judgeRollout(
    {
      service: service({ deployments: listed, ...told.service }),
      serviceDeployments: read([brief, ...history, ...failures]),
      deploymentDetails: told.detailsDenied === undefined ? read([details]) : denied,
      serviceRevisions: read({
        'arn:rev/1': { taskDefinition: revision(1) },
        'arn:rev/2': { taskDefinition: revision(2) },
      }),
      tasks: read(tasksOf(told.stops ?? [], running, { stopping: told.stopping ?? [] })),
      taskDefinitions: read(told.definitions ?? {}),
      deploymentAlarms: read(told.alarms ?? []),
      alarmsBefore: read(told.alarmsBefore ?? {}),
      deregistrationDelay: read<Record<string, number>>(
        told.delay === undefined ? {} : { group: told.delay },
      ),
      taskProtection: read(
        told.protectedUntil === undefined
          ? []
          : (told.old ?? []).map(({ taskArn }) => ({ taskArn, expirationDate: told.protectedUntil })),
      ),
    },
    { ...context, scope: { ...context.scope, ...(told.onTheWay !== true && { deployment: true }) } },
  );
}

/** What the answer says about one thing. */
export function says(outcome: Outcome, about: string): string {
  return outcome.details?.deployment?.says.find((say) => say.about === about)?.text ?? '';
}

export function causes({ findings }: Outcome): string[] {
  return findings.map(({ cause, severity }) => `${severity} ${cause}`);
}
