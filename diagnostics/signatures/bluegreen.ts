import { defineSignature, type Signature } from './signature.ts';

/** Hooks, roles and listener rules of native blue/green: the texts blame the rollout, the fault lies beside it. */
export const blueGreenSignatures: readonly Signature[] = [
  defineSignature({
    cause: 'hook-permission',
    keys: ['lambda:', 'hook', 'invoke'],
    pattern:
      /perform: (?<action>lambda:\w{3,40})|(?:unable|cannot|failed|not authorized) to assume .{0,160}hook|hook.{0,200}(?:(?:unable|cannot|failed|not authorized) to assume|access denied|perform: sts:assumerole)/i,
    not: /elasticloadbalancing:/i,
    examples: [
      'Service deployment rolled back because POST_SCALE_UP lifecycle hook(s) failed. ECS was unable to assume role arn:aws:iam::111122223333:role/hook for hook target',
      'User: arn:aws:sts::111122223333:assumed-role/hook/ECS is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:us-east-1:111122223333:function:check',
    ],
  }),
  defineSignature({
    cause: 'bluegreen-infra-role',
    keys: [
      'elasticloadbalancing:',
      'infrastructure role',
      'assume',
      'loadbalancer',
      'load balancer',
      'rolled back',
      'networking',
    ],
    pattern:
      /perform: (?<action>elasticloadbalancing:(?:Modify|Describe(?:Rules|Listeners))\w{0,40})|(?:unable|failed|cannot) to assume[^.]{0,200}(?:infrastructure|load ?balancer|elb)|(?:assume|trust|permissions?|missing|denied)[^.]{0,80}infrastructure role|infrastructure role[^.]{0,120}(?:assume|trust|permission|missing|denied)|unable to manage the elb|(?:load ?balancer|rolled back)[^.]{0,200}(?:unable|cannot) (?:to )?assume|ecsnetworkingwithelb/i,
    not: /elasticblockstorage|\bebs\b|volume|capacity provider|launch instance/i,
    examples: [
      'Service deployment rolled back because of invalid networking configuration. ECS was unable to assume the infrastructure role arn:aws:iam::111122223333:role/elb',
      'User: arn:aws:sts::111122223333:assumed-role/elb/ECSNetworkingWithELB is not authorized to perform: elasticloadbalancing:ModifyRule on resource: arn:aws:elasticloadbalancing:us-east-1:111122223333:listener-rule/app/a/b/c/d',
    ],
  }),
  defineSignature({
    cause: 'hook-waiting',
    keys: ['awaiting_action', 'awaiting action', 'pause', 'continueservicedeployment', 'waiting'],
    pattern:
      /awaiting[_ ]action|continueservicedeployment|paused? (?:lifecycle )?hook|(?:deployment|hook) (?:is )?(?:paused|waiting)|paused (?:at|for|by)/i,
    not: /failed|timed out|rolled back|invalid|pause (?:image|container)/i,
    examples: [
      'Lifecycle hook AWAITING_ACTION at POST_TEST_TRAFFIC_SHIFT',
      'Deployment is paused at PRE_PRODUCTION_TRAFFIC_SHIFT and waits for ContinueServiceDeployment',
    ],
  }),
  defineSignature({
    cause: 'hook-failed',
    keys: ['hook'],
    pattern:
      /(?<name>[A-Z_]{5,60}) (?:lifecycle|pause) hooks? (?:failed|timed out)|lifecycle hooks?[^.]{0,120}(?:failed|timed? ?out|error)|hook ?status must|hook target.{0,200}(?:fail|error|timed|unable)|hook (?:timed out|failed)/i,
    examples: [
      'Service deployment rolled back because PRE_SCALE_UP lifecycle hook(s) failed.',
      'ECS was unable to parse the response from arn:aws:lambda:us-east-1:111122223333:function:f due to: HookStatus must not be null: lifecycle hook failed',
      'POST_TEST_TRAFFIC_SHIFT lifecycle hook timed out',
    ],
  }),
  defineSignature({
    cause: 'bluegreen-listener-misconfigured',
    keys: ['listener', 'networking configuration', 'rules not found', 'target group', 'targetgroup'],
    pattern:
      /invalid networking configuration|(?:production|test) ?listener ?rule|both targetgroup and alternatetargetgroup|should have exactly one target group|rules? not found|forwarding traffic to unexpected target group|exactly one target group serving|cannot be used as both production and test|listener ?rule .{0,120}(?:not found|missing|invalid|must)/i,
    examples: [
      'Service deployment rolled back because of invalid networking configuration. Both targetGroup and alternateTargetGroup must be associated with the productionListenerRule or testListenerRule.',
      'invalid networking configuration. One or more rules not found',
    ],
  }),
];
