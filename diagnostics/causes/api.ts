import type { Cause } from './cause.ts';
import { cause } from './define.ts';
import { allow, none } from './fixes.ts';

/** Group 14: the calls themselves. */
export const apiCauses: readonly Cause[] = [
  cause('api-missing', 'not found in that cluster and region', {
    stage: 0,
    owner: 'operator',
    meaning: 'ECS does not know the resource there; a stopped task is forgotten after about an hour.',
    confirm: 'Cluster and region of the call; how long ago the task stopped.',
    next: ['stopped-tasks', 'service-events'],
    fix: (n) => ({
      summary: 'Check cluster and region; for a task that has expired look into archived events and the log.',
      cli: `aws ecs list-services --cluster ${n.cluster ?? 'CLUSTER'}${n.region ? ` --region ${n.region}` : ''}`,
    }),
  }),
  cause('api-task-not-valid', 'task does not belong to a service', {
    stage: 0,
    owner: 'operator',
    meaning: 'The call only works for tasks that a service keeps.',
    confirm: 'The group of the task.',
    fix: none('Use it for tasks of a service only.'),
  }),
  cause('api-protection-blocked', 'protection would block a deployment', {
    stage: 0,
    owner: 'operator',
    meaning: 'ECS refuses to protect more tasks because protection already holds a deployment up.',
    confirm: 'The service deployments, and the protected tasks.',
    next: ['deployments'],
    fix: (n) => ({
      summary: 'Release protected tasks first.',
      cli: `aws ecs update-task-protection --cluster ${n.cluster ?? 'CLUSTER'} --tasks ${n.task ?? 'TASK'} --no-protection-enabled`,
    }),
  }),
  cause('api-access-denied', 'caller lacks a permission', {
    stage: 0,
    owner: 'operator',
    meaning: 'Whoever made the call may not do so.',
    confirm: 'The action in the text.',
    next: ['iam'],
    fix: (n) => ({
      summary: `Allow ${n.action ?? 'the action that the text names'}${n.resource ? ` on ${n.resource}` : ''} to the caller.`,
      ...allow('CALLER_ROLE', [n.action ?? 'ecs:ACTION'], n.resource ?? '*'),
    }),
  }),
  cause('api-not-valid', 'request is not valid', {
    stage: 0,
    owner: 'operator',
    meaning: 'The call itself does not fit the resource.',
    confirm: 'The error of the API.',
    fix: none('Correct the parameter that the error names.'),
  }),
];
