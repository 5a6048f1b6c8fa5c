import { defineSignature, type Signature } from './signature.ts';

/** Stops and events that belong to a healthy life, and the ones that infrastructure brings about. */
export const lifecycleSignatures: readonly Signature[] = [
  defineSignature({
    cause: 'steady-state',
    keys: ['steady state', 'steady_state'],
    pattern: /(?:has )?reached a steady state|steady_state$/i,
    not: /unable|not reach/i,
    examples: ['(service web) has reached a steady state.', 'SERVICE_STEADY_STATE'],
  }),
  defineSignature({
    cause: 'unhealthy-replaced',
    keys: ['unhealthy status'],
    pattern: /replaced \d{1,5} tasks? due to an unhealthy status|due to (?:an )?unhealthy status/i,
    examples: [
      '(service web) has started 1 tasks: (task 0abc). Amazon ECS replaced 1 tasks due to an unhealthy status.',
    ],
  }),
  defineSignature({
    cause: 'scale-in-protected',
    keys: ['protect', 'unable to scale in'],
    pattern:
      /tasks? (?:are |is )?(?:under|under scale-in|with) protection|task protection|protected tasks?|scale-?in protection|because of .{0,30}protect|unable to scale in due to|scale_in_failure_by_task_protection/i,
    not: /deployment[_ ]blocked|cannot be (?:set|protected)|updatetaskprotection|protected health|termination protection/i,
    examples: [
      '(service web) was unable to scale in due to (reason 1 tasks under protection)',
      'service (web) was unable to reach steady state because (task set ecs-svc/1) was unable to scale in due to (reason 3 tasks under protection)',
    ],
  }),
  defineSignature({
    cause: 'az-rebalance',
    keys: ['az balanced', 'az rebalanc', 'availability zone rebalanc', 'rebalanc'],
    pattern:
      /(?:is|is not) az balanced|(?:to|due to) az rebalanc\w{1,4}|availability zone rebalancing|az ?rebalancing/i,
    examples: [
      '(service web) is not AZ balanced with 3 tasks in us-east-1a, 1 tasks in us-east-1b. AZ Rebalancing in progress.',
      'web has stopped 1 running tasks in us-east-1a due to AZ rebalancing: (task 0abc).',
    ],
  }),
  defineSignature({
    cause: 'spot-interrupted',
    keys: ['spot'],
    pattern:
      /spot task (?:was|is) (?:being )?interrupted|spot (?:instance )?(?:interruption|termination|reclaim)|spotinterruption|spot capacity (?:was )?(?:reclaimed|taken)/i,
    examples: ['Your Spot Task was interrupted.', 'Instance terminated due to Spot interruption'],
  }),
  defineSignature({
    cause: 'fargate-maintenance',
    keys: ['maintenance', 'retire', 'patching'],
    pattern:
      /maintenance on the underlying infrastructure|task (?:has been |is |was )?(?:scheduled for )?retire(?:d|ment)|patching_retirement|underlying infrastructure hosting/i,
    examples: [
      'ECS is performing maintenance on the underlying infrastructure hosting the task',
      'Service web: ECS is performing maintenance on the underlying infrastructure hosting the task',
    ],
  }),
  defineSignature({
    cause: 'host-draining',
    keys: ['draining'],
    pattern: /instance .{0,80}\bdrain(?:ing|ed)\b|draining state|(?:set|changed) to draining/i,
    not: /draining connections/i,
    examples: [
      'Service web: Task stopped because the container instance is in DRAINING state',
      'container instance 0a1b was set to DRAINING',
    ],
  }),
  defineSignature({
    cause: 'instance-deregistered',
    keys: ['deregist'],
    pattern:
      /container.?instance .{0,100}(?:deregistered|deregistration)|deregistration .{0,60}(?:forced|container instance)|deregister(?:ed|ing) .{0,40}container instance|instance .{0,30}deregistration forced/i,
    examples: [
      'Container instance deregistration forced by user',
      'Task stopped: container instance arn:aws:ecs:us-east-1:111122223333:container-instance/0abc was deregistered',
    ],
  }),
  defineSignature({
    cause: 'host-terminated',
    keys: ['host ec2', 'instance', 'host '],
    pattern:
      /host ec2 instance (?<resource>i-[0-9a-f]{8,17})|(?:host|instance) .{0,60}\b(?:terminated|was stopped|stopped\.?$|stopp?ing)\b|underlying ec2 instance|(?:ec2 )?instance terminat/i,
    not: /spot/i,
    examples: [
      'Host EC2 (instance i-040983839ed7c0ee3) terminated.',
      'Host EC2 (instance i-040983839ed7c0ee3) stopped.',
    ],
  }),
  defineSignature({
    cause: 'infrastructure-health',
    keys: ['infrastructure', 'impaired', 'auto repair', 'unhealthy instance'],
    pattern:
      /infrastructure (?:was |is |became )?(?:impaired|unhealthy|health)|impaired (?:infrastructure|instance|container instance)|instance (?:\S{1,60} )?(?:is |was )?impaired|auto.?repair|infrastructurehealth/i,
    examples: [
      'Task stopped because the underlying infrastructure was impaired',
      'container instance 0a1b is IMPAIRED: auto repair',
    ],
  }),
  defineSignature({
    cause: 'agent-lost',
    keys: ['agent', 'lost contact', 'connectivity', 'instance'],
    pattern:
      /lost (?:contact|connection) (?:with|to) .{0,40}(?:agent|instance|host)|agent .{0,60}(?:lost|stopped responding|unreachable|not responding)|agent (?:is )?disconnected (?:for|since)|connectivity:? "?disconnected/i,
    not: /executecommand|service connect/i,
    examples: [
      'ECS lost contact with the agent on the container instance',
      'agent stopped responding on container instance 0a1b',
    ],
  }),
  defineSignature({
    cause: 'user-stopped',
    keys: ['stopped by user', 'stopped by the user', 'userinitiated', 'by user'],
    pattern: /task (?:was )?stopped by (?:the )?user|userinitiated|stopped by (?:the )?user$/i,
    not: /deployment/i,
    examples: ['Task stopped by user', 'Task was stopped by the user.'],
  }),
  defineSignature({
    cause: 'scale-in',
    keys: ['scaling activity', 'scaled in', 'scale-in', 'scale in'],
    pattern:
      /scaling activity initiated by(?: deployment)? ?(?<resource>ecs-svc\/\w{5,40})?|scaled? ?-?in\b/i,
    not: /unable to scale in|protection/i,
    status: 'likely',
    rivals: ['deployment-replaced'],
    decide:
      'aws ecs describe-tasks --cluster CLUSTER --tasks TASK --query "tasks[].[startedBy,stoppedReason]"',
    examples: [
      'Scaling activity initiated by (deployment ecs-svc/1234567890123456789)',
      'Scaling activity initiated by deployment ecs-svc/1234567890123456789',
    ],
  }),
  defineSignature({
    cause: 'deployment-replaced',
    keys: ['task set', 'new deployment', 'replaced by', 'taskset'],
    pattern:
      /(?:task ?set|deployment) (?:\S{1,60} )?(?:was )?(?:deleted|removed|replaced)|replaced by (?:a )?(?:newer|new) (?:deployment|task)/i,
    not: /failed|rolled back/i,
    examples: ['Task set ecs-svc/1234567890123456789 was deleted', 'Task replaced by a newer deployment'],
  }),
  defineSignature({
    cause: 'graceful-stop',
    keys: ['sigterm', 'exit code: 143', 'exited with code 143', 'exit status 143'],
    pattern:
      /(?:received|got|caught|handling) (?:signal )?sigterm|sigterm received|exit(?:ed)?(?: with)? (?:code|status):? 143/i,
    status: 'likely',
    not: /failed sending|cannotstop/i,
    examples: ['Received SIGTERM, shutting down gracefully', 'Exited with code 143'],
  }),
];
