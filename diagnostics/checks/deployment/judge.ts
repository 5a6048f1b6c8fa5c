import type { JudgeContext, Outcome } from '../../check.ts';
import { readOf, type Settled } from '../../fact.ts';
import type { TaskDefinitions } from '../../facts/task-definitions.ts';
import type { DeploymentState, Finding } from '../../report.ts';
import { duration } from '../../words.ts';
import { alarmsOf, alarmWords } from './alarms.ts';
import { breakerOf, breakerWords, isFailure } from './breaker.ts';
import { controllerOf, controllerWords, ownPace, taskSetWords } from './controllers.ts';
import { failedFindings, failedLead, pipelineWords, rolledBackWords } from './failed.ts';
import { normalLimit, usualWords } from './history.ts';
import { keptOf, type OldTasks, oldTasksOf } from './old-tasks.ts';
import { portWords } from './ports.ts';
import { progressWords, slowFinding, successWords, underWayLead } from './progress.ts';
import { isEnded, type Rollout, type RolloutFacts, rolloutOf, runningOf } from './rollout.ts';
import { deadlockFinding, deadlockOf, roomOf, roomWords, sickWords } from './room.ts';
import { breakerFindings } from './tripped.ts';
import { overdueHookWords, waitingOf } from './waiting.ts';

type Facts = RolloutFacts & { taskDefinitions?: Settled<TaskDefinitions> };
type Say = DeploymentState['says'][number];

/** How old a finished rollback may be and still explain something else that is asked. Milliseconds. */
const rollbackMatters = 24 * 3_600_000;

/** Decides in the order of an expert: the controller, waits by design, the end, failures, what holds it up, time. */
export function judgeRollout(facts: Facts, { target, scope }: JudgeContext): Outcome {
  const rollout = rolloutOf(facts, target, scope.now);
  const told = isEnded(rollout.status)
    ? ended(rollout, facts, scope.deployment === true)
    : underWay(rollout, facts);
  return {
    findings: told.findings,
    details: { deployment: stateOf(rollout, told.says) },
    ...(scope.deployment === true && { answer: told.answer, lead: told.lead }),
    next: told.next,
  };
}

interface Told {
  findings: Finding[];
  says: Say[];
  answer?: Outcome['answer'];
  lead?: string | undefined;
  next?: string[];
}

function ended(rollout: Rollout, facts: Facts, asked: boolean): Told {
  const { status, revision, service, finishedAt, now, usual, age } = rollout;
  const took = { about: 'Time', text: `took ${duration(age)}, ${usualWords(usual)}` };
  if (status === 'SUCCESSFUL') {
    const running = service.runningCount ?? 0;
    const known = facts.serviceDeployments === undefined || facts.serviceDeployments.ok;
    return {
      findings: [],
      says: [...(rollout.finishedAt === undefined ? [] : [took]), ...setSays(rollout)],
      // Without the history a rollback looks like the success of the revision before.
      answer: known
        ? running < (service.desiredCount ?? 0)
          ? undefined
          : { state: 'healthy', headline: successWords(rollout) }
        : {
            state: 'unknown',
            headline: `${revision} is live; could not tell whether a newer one was rolled back`,
          },
    };
  }
  const old = finishedAt !== undefined && now - finishedAt > rollbackMatters;
  const findings = asked || !old ? failedFindings(rollout, alarmsOf(facts)) : [];
  const outcome = status.startsWith('ROLLBACK') ? rolledBackWords(rollout) : 'was given up';
  return {
    findings,
    says: [
      { about: 'Outcome', text: `${revision} is not live: it ${outcome}${pipelineWords(rollout)}` },
      ...breakerSay(rollout),
      { about: 'Time', text: `${duration(age)} until it ended, ${usualWords(usual)}` },
    ],
    answer: {
      // Neither a breaker nor an alarm nor a person shows where the details were not read.
      state: rollout.details === undefined ? 'unknown' : 'healthy',
      headline: `${revision} was stopped${findings.some(({ cause }) => cause === 'deployment-stopped') ? ' by somebody' : ''}; ${successWords(rollout)}`,
    },
    lead: failedLead(rollout),
    next: rollout.tasksKnown && rollout.stops.length === 0 ? ['expired-stops'] : [],
  };
}

function underWay(rollout: Rollout, facts: Facts): Told {
  const { service, status, usual, age, revision, target } = rollout;
  const stops = rollout.stops.filter(isFailure);
  const alarms = alarmsOf(facts);
  const limit = normalLimit(usual, service.deploymentConfiguration);
  const waiting = waitingOf(rollout);
  const room = roomOf(rollout);
  const stuck = deadlockOf(rollout, room);
  const definitions = readOf(facts.taskDefinitions) ?? {};
  const old = oldTasksOf(rollout, facts, definitions);
  const rollingBack = status.startsWith('ROLLBACK');
  const late = age > limit;
  const failed = rollingBack ? failedFindings(rollout, alarms) : breakerFindings(rollout);
  const held: Finding[] = [
    ...failed,
    ...(stuck ? [deadlockFinding(rollout, stuck)] : []),
    ...(late ? ((old ?? keptOf(rollout, facts, room))?.findings ?? []) : []),
  ];
  // A wait by design is not slow; and what has a cause need not be called slow besides.
  const slow = late && waiting === undefined && held.length === 0 && stops.length === 0 && ownPace(rollout);
  const alarm = alarmWords(alarms.known);
  const controller = controllerWords(service, target.region);
  // What a finding says is not said again.
  const guarded = held.some(({ cause }) => cause === 'scale-in-protected');
  const says: Say[] = [
    ...(rollingBack
      ? [{ about: 'Outcome', text: `${revision} is not live: it ${rolledBackWords(rollout)}` }]
      : []),
    ...(controller === undefined ? [] : [{ about: 'Controller', text: controller }]),
    ...setSays(rollout),
    ...stageSays(rollout, waiting?.text, slow),
    ...(waiting?.proceed === undefined ? [] : [{ about: 'Continue', text: waiting.proceed }]),
    ...breakerSay(rollout),
    ...(room && !old && !stuck && rollout.own.length < room.desired
      ? [
          {
            about: 'Room',
            text: `${roomWords(room)}${sickWords(rollout, room)}${portWords(rollout, room, definitions)}`,
          },
        ]
      : []),
    ...(old && !guarded && !slow ? [{ about: 'Old tasks', text: old.text }] : []),
    ...(alarm === undefined ? [] : [{ about: 'Alarms', text: alarm }]),
    ...(slow ? [] : [{ about: 'Time', text: `${duration(age)} so far, ${usualWords(usual)}` }]),
  ];
  return {
    findings: [
      ...held,
      ...(waiting?.finding ? [waiting.finding] : []),
      ...(slow ? [slowFinding(rollout, old)] : []),
    ],
    says,
    answer: { state: 'healthy', headline: answerWords(rollout, waiting?.words, old) },
    lead: rollingBack
      ? failedLead(rollout)
      : underWayLead(rollout, stuck !== undefined, waiting !== undefined),
    next: slow && (service.loadBalancers ?? []).length > 0 ? ['target-health'] : [],
  };
}

function answerWords(rollout: Rollout, waiting: string | undefined, old: OldTasks | undefined): string {
  if (waiting !== undefined) return `${rollout.revision} ${waiting}`;
  const left = old === undefined ? '' : `, ${old.text.split(' (')[0] ?? old.text}`;
  return `${progressWords(rollout)}${left}`;
}

function breakerSay(rollout: Rollout): Say[] {
  const text = breakerWords(rollout);
  return text === undefined ? [] : [{ about: 'Breaker', text }];
}

function setSays({ service }: Rollout): Say[] {
  const sets = taskSetWords(service);
  return sets.length === 0 ? [] : [{ about: 'Task sets', text: sets.join('; ') }];
}

/** Only the strategies other than rolling go through stages that are worth a line. */
function stageSays(rollout: Rollout, waiting: string | undefined, slow: boolean): Say[] {
  const { details } = rollout;
  if (waiting !== undefined) return [{ about: 'Stage', text: waiting }];
  const stage = details?.lifecycleStage;
  if (stage === undefined) return [];
  const weight = details?.targetServiceRevision?.requestedProductionTrafficWeight;
  // A deployment that is slow is said to be so for that hook.
  const overdue = slow ? undefined : overdueHookWords(rollout);
  const share = weight === undefined ? '' : `, ${weight} % of production traffic`;
  return [{ about: 'Stage', text: `${stage}${share}${overdue === undefined ? '' : `: ${overdue}`}` }];
}

function stateOf(rollout: Rollout, says: Say[]): DeploymentState {
  const { service, details, status, startedAt, finishedAt, own, usual } = rollout;
  const running = runningOf(rollout);
  return {
    revision: rollout.revision,
    previous: rollout.previous,
    controller: controllerOf(service),
    strategy: details?.deploymentConfiguration?.strategy ?? service.deploymentConfiguration?.strategy,
    status,
    ended: isEnded(status),
    stage: details?.lifecycleStage,
    startedAt: startedAt === undefined ? undefined : new Date(startedAt).toISOString(),
    finishedAt: finishedAt === undefined ? undefined : new Date(finishedAt).toISOString(),
    running,
    pending: rollout.tasksKnown ? own.length - running : (rollout.listed?.pendingCount ?? 0),
    desired: service.desiredCount ?? 0,
    breaker: breakerOf(rollout),
    usual: usual && { count: usual.count, medianMs: usual.medianMs, p95Ms: usual.p95Ms },
    says,
  };
}
