import { defineCheck } from '../check.ts';
import { alarmsBefore, deploymentAlarms } from '../facts/deployment-alarms.ts';
import { deploymentDetails } from '../facts/deployment-details.ts';
import { deregistrationDelay } from '../facts/deregistration-delay.ts';
import { service } from '../facts/service.ts';
import { serviceDeployments } from '../facts/service-deployments.ts';
import { serviceRevisions } from '../facts/service-revisions.ts';
import { taskDefinitions } from '../facts/task-definitions.ts';
import { taskProtection } from '../facts/task-protection.ts';
import { tasks } from '../facts/tasks.ts';
import { judgeRollout } from './deployment/judge.ts';

/** How the newest deployment goes: what it waits for, what stopped it, whether it is slow, and what is live. */
export const deploymentsCheck = defineCheck({
  id: 'deployments',
  question: 'how the deployment goes',
  needs: { service },
  wants: {
    serviceDeployments,
    deploymentDetails,
    serviceRevisions,
    tasks,
    taskDefinitions,
    deploymentAlarms,
    alarmsBefore,
    deregistrationDelay,
    taskProtection,
  },
  judge(facts, context) {
    const described = facts.service;
    if (!described) return { findings: [] };
    return judgeRollout({ ...facts, service: described }, context);
  },
});
