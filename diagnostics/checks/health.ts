import { defineCheck } from '../check.ts';
import { readOf } from '../fact.ts';
import {
  balancerGroups,
  checkAcls,
  checkedGroups,
  checkedInstances,
  checkingBalancers,
  checkSubnets,
} from '../facts/check-path.ts';
import { healthMetrics } from '../facts/health-metrics.ts';
import { productionRules } from '../facts/production-rules.ts';
import { service } from '../facts/service.ts';
import { drainDelays } from '../facts/target-group-attributes.ts';
import { targetHealth } from '../facts/target-health.ts';
import { deployedTaskDefinitions } from '../facts/task-definitions.ts';
import { taskHosts } from '../facts/task-hosts.ts';
import { tasks } from '../facts/tasks.ts';
import { healthAnswer } from './health/answer.ts';
import { attachFindings } from './health/attach-findings.ts';
import { containerFindings } from './health/container-findings.ts';
import { healthDetails } from './health/details.ts';
import { graceFindings } from './health/grace-findings.ts';
import { healthNotes } from './health/notes.ts';
import { pathFindings } from './health/path-findings.ts';
import { pictureOf } from './health/picture.ts';
import { portFindings } from './health/port-findings.ts';

/**
 * Whether the checks of load balancers and containers pass, and what stands between a failing one and its answer.
 * What the load balancer itself says of a target is judged by `target-health`; this looks behind it.
 */
export const health = defineCheck({
  id: 'health',
  question: 'whether targets and container checks fail, and why',
  needs: { service },
  wants: {
    targetHealth,
    tasks,
    deployedTaskDefinitions,
    taskHosts,
    checkingBalancers,
    checkedInstances,
    checkedGroups,
    balancerGroups,
    checkSubnets,
    checkAcls,
    productionRules,
    drainDelays,
    healthMetrics,
  },
  judge(facts, context) {
    if (!facts.service) return { findings: [], answer: notOfService };
    const picture = pictureOf(
      {
        service: facts.service,
        targetHealth: readOf(facts.targetHealth),
        tasks: readOf(facts.tasks),
        definitions: readOf(facts.deployedTaskDefinitions),
        hosts: readOf(facts.taskHosts),
        metrics: readOf(facts.healthMetrics),
        rules: readOf(facts.productionRules),
      },
      context,
    );
    const balancers = readOf(facts.checkingBalancers);
    return {
      findings: [
        ...pathFindings(picture, {
          balancers,
          instances: readOf(facts.checkedInstances),
          checkedGroups: readOf(facts.checkedGroups),
          balancerGroups: readOf(facts.balancerGroups),
          subnets: readOf(facts.checkSubnets),
          acls: readOf(facts.checkAcls),
        }),
        ...portFindings(picture),
        ...attachFindings(picture, balancers),
        ...graceFindings(picture),
        ...containerFindings(picture),
      ],
      details: {
        health: healthDetails(picture, readOf(facts.drainDelays) ?? {}),
        notes: healthNotes(picture),
      },
      answer: healthAnswer(picture, facts.targetHealth),
    };
  },
});

const notOfService = {
  state: 'unknown',
  headline: 'only a service has targets; why-stopped and logs read a task',
} as const;
