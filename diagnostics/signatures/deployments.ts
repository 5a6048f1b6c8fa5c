import { defineSignature, type Signature } from './signature.ts';

/** Rollouts: the rolling controller's events and the `statusReason` of service deployments. */
export const deploymentSignatures: readonly Signature[] = [
  defineSignature({
    cause: 'deployment-no-rollback-candidate',
    keys: ['rollback candidate', 'roll back to', 'rollback to', 'no completed deployment'],
    pattern:
      /no rollback candidate|no (?:completed |previous |earlier )?deployments? (?:was |were )?(?:found )?to (?:roll ?back to|rollback)|no completed deployment|candidate was found to (?:run|roll ?back)/i,
    examples: [
      '(service web) deployment failed: no rollback candidate was found to run the rollback.',
      'ECS deployment circuit breaker: no completed deployment to roll back to',
    ],
  }),
  defineSignature({
    cause: 'deployment-alarm',
    keys: ['alarm'],
    pattern:
      /alarms? (?:was |were )?(?:detected|triggered|in alarm|breached)|(?:because|due to) .{0,40}alarms?\b|deployment alarms?/i,
    and: /deploy|rolled back|circuit/i,
    examples: [
      '(service web) (deployment ecs-svc/1) deployment failed: alarm detected.',
      'Service deployment rolled back because the CloudWatch alarm(s) were triggered: alarms in ALARM state because of alarm 5xx',
      'ECS deployment failed: alarm(s) detected.',
    ],
  }),
  defineSignature({
    cause: 'deployment-rolling-back',
    keys: ['rolling back', 'rollback', 'rolled back'],
    pattern:
      /rolling back(?: to (?:deployment ?(?:id)? ?)?(?<resource>ecs-svc\/\w{5,40})?)?|rollback (?:in progress|started|initiated|successful|requested)|rollback_(?:in_progress|requested|successful)|rolled back to/i,
    examples: [
      '(service web) rolling back to deployment ecs-svc/1234567890123456789.',
      'ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1234567890123456789',
      'ROLLBACK_IN_PROGRESS',
    ],
  }),
  defineSignature({
    cause: 'circuit-breaker-tripped',
    keys: [
      'failed to start',
      'circuit breaker',
      'deployment failed',
      'deployment_failed',
      'circuitbreaker',
      'rolled back because',
    ],
    pattern:
      /deployment failed: tasks? failed|circuit ?breaker(?: was triggered|:? tasks? failed| threshold| triggered)?|service_deployment_failed|deployment rolled back because .{0,60}(?:circuit|tasks failed)|deployment failed\.?$/i,
    examples: [
      'ECS deployment circuit breaker: task failed to start.',
      '(service web) (deployment ecs-svc/1234567890123456789) deployment failed: tasks failed to start.',
      'Error occurred during operation: ECS Deployment Circuit Breaker was triggered',
    ],
  }),
  defineSignature({
    cause: 'deployment-partial-launch',
    keys: [
      'could not launch',
      'unable to launch',
      'only launched',
      'launched only',
      'of the requested',
      'could only launch',
      'failed to launch',
    ],
    pattern:
      /(?:could not|unable to|could only) (?:launch|start) .{0,20}\d{1,5}(?: of \d{1,5})? (?:of the )?(?:requested )?tasks?|(?:only launched|launched only) \d{1,5}|could not launch .{0,40}tasks|failed to launch (?!a task with).{0,20}\d{1,5} tasks?/i,
    examples: [
      'service web could not launch 2 tasks for deployment ecs-svc/1 because of RESOURCE',
      '(service web) could only launch 1 of 4 requested tasks',
    ],
  }),
  defineSignature({
    cause: 'deployment-percent-deadlock',
    keys: ['minimumhealthypercent', 'maximumpercent', 'deployment configuration', 'minimum healthy'],
    pattern:
      /(?:service )?deployment configuration(?: prevents)?\b.{0,120}(?:minimumhealthypercent|maximumpercent)|because of the service deployment configuration|minimumhealthypercent|maximumpercent|unable to stop or start tasks/i,
    not: /invalidparameter|clientexception|must be|cannot be/i,
    examples: [
      'service (web) was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.',
    ],
  }),
  defineSignature({
    cause: 'deployment-stopped',
    keys: ['stopped', 'stopservicedeployment', 'stop_requested'],
    pattern: /deployment (?:\S{1,80} )?(?:was )?stopped(?: by)?|stopservicedeployment|stop_requested/i,
    not: /tasks? failed/i,
    examples: ['Service deployment stopped by user', 'Deployment was stopped by StopServiceDeployment'],
  }),
  defineSignature({
    cause: 'deployment-in-progress',
    keys: ['in progress', 'in_progress', 'deployment started', 'begun', 'bake'],
    pattern:
      /deployment (?:\S{1,60} )?(?:is )?in progress|^in_progress$|service_deployment_in_progress|deployment started|bake time/i,
    examples: ['ECS deployment ecs-svc/1234567890123456789 in progress.', 'SERVICE_DEPLOYMENT_IN_PROGRESS'],
  }),
  defineSignature({
    cause: 'deployment-completed',
    keys: ['completed', 'successful'],
    pattern:
      /deployment (?:\S{1,60} )?(?:is |has )?(?:completed|successful)|^completed$|service_deployment_completed/i,
    examples: [
      'ECS deployment ecs-svc/1234567890123456789 completed.',
      '(service web) (deployment ecs-svc/1) deployment completed.',
      'SERVICE_DEPLOYMENT_COMPLETED',
    ],
  }),
  defineSignature({
    cause: 'service-iam-broken',
    keys: [
      'can no longer maintain',
      'trust relationships',
      'permissions policies',
      'service-linked role',
      'service linked role',
      'iam',
    ],
    pattern:
      /no longer maintain your service|iam (?:permissions? polic|trust).{0,80}(?:misconfigured|changed)|trust .{0,60}(?:misconfigured|changed)|service.?linked role\b.{0,80}(?:not exist|missing|assume|verify)/i,
    examples: [
      'IAM trust relationships have been misconfigured or changed, and ECS can no longer maintain your service',
      'Unable to assume the service linked role. Please verify that the ECS service linked role exists.',
    ],
  }),
  defineSignature({
    cause: 'service-config-rejected',
    keys: [
      'advancedconfiguration',
      'loadbalancers',
      'targetgrouparn',
      'targettype',
      'lifecycle stage',
      'task definition',
      'taskdefinition',
      'not idempotent',
      'invalidparameterexception',
      'is required',
      'namespace',
      'deployment strategy',
      'must be',
      'cannot be',
    ],
    pattern:
      /advancedconfiguration field is (?:required|not allowed)|must have advancedconfiguration|all loadbalancers must|duplicate targetgrouparn|invalid targettype|invalid lifecycle stage|task ?definition (?<revision>\S{1,255}) (?:does not exist|not found|is inactive)|task ?definition (?:is |does )?(?:not (?:exist|found)|inactive)|taskdefinition is inactive|not idempotent|deployment strategy|(?:is|are) required (?:for|when)|creation of service was not|namespace .{0,80}not found|unable to update .{0,60}(?:service|deployment)|the container (?<container>\S{1,255}) (?:does not exist|did not have a container ?port)|(?:field|parameter) (?:is )?(?:required|not supported)|cannot (?:update|change) .{0,80}(?:service|controller|strategy)/i,
    examples: [
      'InvalidParameterException: Creation of service was not idempotent.',
      'service web: task definition web:42 does not exist.',
      'advancedConfiguration field is required for all loadBalancers when using a non-ROLLING deployment strategy',
      'InvalidParameterException: The container api does not exist in the task definition.',
    ],
  }),
];
