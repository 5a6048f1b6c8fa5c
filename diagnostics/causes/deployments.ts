import type { Cause } from './cause.ts';
import { cause } from './define.ts';
import { allow, forceDeployment, goBack, none, roleName, updateService } from './fixes.ts';

const loadBalancerPolicy = 'arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers';

/** Group 12: rollouts. */
export const deploymentCauses: readonly Cause[] = [
  cause('circuit-breaker-tripped', 'deployment failed: its tasks keep failing', {
    stage: 8,
    owner: 'application',
    meaning:
      'So many tasks of the new revision failed that the circuit breaker gave the deployment up. The breaker is a symptom.',
    confirm: 'failureCount and threshold of the service deployment; the stopped tasks that it started.',
    next: ['stopped-tasks', 'revision-change', 'deployments'],
    fix: (n) => ({
      summary: `Repair what the stopped tasks of that deployment name; until then run ${n.lastGoodRevision ?? 'the last good revision'}.`,
      cli: goBack(n),
    }),
  }),
  cause('deployment-rolling-back', 'rolled back to the revision before', {
    stage: 8,
    severity: 'warn',
    owner: 'application',
    meaning: 'ECS goes back to the last revision that was completed; the new one is not live.',
    confirm: 'rollback.reason and targetServiceRevision of the service deployment.',
    next: ['deployments', 'stopped-tasks', 'revision-change'],
    fix: none(
      'Find out why the new revision failed; what runs now is the old one, whatever the pipeline says.',
    ),
  }),
  cause('deployment-in-progress', 'deployment under way', {
    stage: 8,
    severity: 'info',
    owner: 'nothing',
    meaning: 'A deployment is running its course.',
    confirm: 'rolloutState IN_PROGRESS, its age, and failedTasks.',
    next: ['deployments', 'stopped-tasks'],
    fix: none('Nothing has to be changed; if failedTasks grows, look at the stopped tasks.'),
  }),
  cause('deployment-completed', 'deployment completed', {
    stage: 8,
    severity: 'info',
    owner: 'nothing',
    meaning: 'The deployment is done. At a desired count of 0 that means that nothing runs.',
    confirm: 'desiredCount and runningCount.',
    next: ['deployments'],
    fix: none(),
  }),
  cause('deployment-zero-desired', 'set to zero tasks', {
    stage: 8,
    owner: 'service-config',
    meaning: 'The service is complete and steady with no task at all: something set its desired count to 0.',
    confirm: 'desiredCount 0; UpdateService or CloudFormation in CloudTrail.',
    next: ['service-events', 'deployments'],
    fix: (n) => ({
      summary:
        'Set the count that is meant, and keep it in code: a hand-made count is lost at the next deployment of the stack.',
      terraform: `resource "aws_ecs_service" "${n.service ?? 'SERVICE'}" {\n  desired_count = COUNT\n}`,
      cli: updateService(n, '--desired-count COUNT'),
    }),
  }),
  cause('deployment-alarm', 'deployment failed: an alarm went off', {
    stage: 8,
    owner: 'application',
    meaning: 'A CloudWatch alarm that watches the deployment was in ALARM.',
    confirm: 'triggeredAlarmNames of the service deployment; history of the alarm.',
    next: ['deployments', 'service-events'],
    fix: (n) => ({
      summary:
        'Find out what moved the alarm; one that was in ALARM before blocks every deployment until it is cleared.',
      cli: `aws cloudwatch describe-alarm-history --alarm-name ${n.name ?? 'ALARM_NAME'} --history-item-type StateUpdate --max-items 10`,
    }),
  }),
  cause('deployment-no-rollback-candidate', 'failed, with nothing to roll back to', {
    stage: 8,
    owner: 'operator',
    meaning: 'The deployment failed and no earlier one was ever completed.',
    confirm: 'It is the first deployment of the service; the events hold the cause.',
    next: ['stopped-tasks', 'service-events', 'deployments'],
    fix: (n) => ({
      summary: 'Repair what the events and stopped tasks of this first deployment name, and deploy again.',
      cli: forceDeployment(n),
    }),
  }),
  cause('deployment-percent-deadlock', 'percentages leave no room to deploy', {
    stage: 8,
    owner: 'service-config',
    meaning:
      'minimumHealthyPercent forbids to stop a task and maximumPercent to start one; the minimum is rounded up, the maximum down.',
    confirm: 'deploymentConfiguration together with desiredCount.',
    next: ['deployments'],
    fix: (n) => ({
      summary: 'Let one task more start (maximum 200 for a single task), or one stop (minimum 0 to 50).',
      terraform: 'deployment_minimum_healthy_percent = 50\ndeployment_maximum_percent         = 200',
      cli: updateService(n, '--deployment-configuration minimumHealthyPercent=50,maximumPercent=200'),
    }),
  }),
  cause('deployment-partial-launch', 'only some tasks could be launched', {
    stage: 8,
    owner: 'capacity',
    meaning: 'Part of the tasks of a deployment found no place.',
    confirm: 'The reason within the event, and what the cluster has left.',
    next: ['capacity', 'service-events'],
    fix: none('Add the resource that the event names.'),
  }),
  cause('deployment-stopped', 'deployment was stopped by somebody', {
    stage: 8,
    severity: 'info',
    owner: 'operator',
    meaning: 'Somebody called StopServiceDeployment.',
    confirm: 'StopServiceDeployment in CloudTrail.',
    next: ['deployments'],
    fix: none(),
  }),
  cause('hook-failed', 'deployment hook failed', {
    stage: 8,
    owner: 'application',
    meaning:
      'The function of a lifecycle hook failed, took too long or gave an answer that ECS does not understand.',
    confirm: 'statusReason and lifecycleHookDetails of the service deployment; the log of the function.',
    next: ['deployments', 'service-events'],
    fix: (n) => ({
      summary: `Let the function${n.name ? ` of ${n.name}` : ''} return {"hookStatus": "SUCCEEDED"} in time.`,
      cli: 'aws logs tail /aws/lambda/HOOK_FUNCTION --since 1h',
    }),
  }),
  cause('hook-permission', 'ECS may not call its deployment hook', {
    stage: 8,
    owner: 'infrastructure-role',
    meaning: 'The role of the hook does not trust ecs.amazonaws.com or may not invoke the function.',
    confirm: 'The action in statusReason; trust and policy of the role of the hook.',
    next: ['iam', 'deployments'],
    fix: (n) => ({
      summary: `Let the role of the hook trust ecs.amazonaws.com and allow it lambda:InvokeFunction on ${n.resource ?? 'the function'}.`,
      ...allow(roleName(undefined, 'HOOK_ROLE'), ['lambda:InvokeFunction'], n.resource ?? 'FUNCTION_ARN'),
    }),
  }),
  cause('hook-waiting', 'deployment waits for a person', {
    stage: 8,
    severity: 'info',
    owner: 'operator',
    meaning: 'The deployment is paused at a hook until somebody continues it, or until its time is up.',
    confirm: 'lifecycleHookDetails AWAITING_ACTION with expiresAt and timeoutAction.',
    next: ['deployments'],
    fix: () => ({
      summary: 'Continue or roll back before the time limit decides for you.',
      cli: 'aws ecs continue-service-deployment --service-deployment-arn SERVICE_DEPLOYMENT_ARN --hook-id HOOK_ID --action CONTINUE',
    }),
  }),
  cause('bluegreen-listener-misconfigured', 'listener rules do not fit blue/green', {
    stage: 8,
    owner: 'load-balancer',
    meaning:
      'Production and test rule must know both target groups, and exactly one of them may have traffic.',
    confirm: 'Forward weights in elbv2:DescribeRules against advancedConfiguration of the service.',
    next: ['target-health', 'deployments'],
    fix: () => ({
      summary: 'Tie both target groups to the rules, with all the weight on one of them.',
      cli: 'aws elbv2 modify-rule --rule-arn PRODUCTION_RULE_ARN --actions \'[{"Type":"forward","ForwardConfig":{"TargetGroups":[{"TargetGroupArn":"BLUE_ARN","Weight":1},{"TargetGroupArn":"GREEN_ARN","Weight":0}]}}]\'',
    }),
  }),
  cause('bluegreen-infra-role', 'role may not switch the load balancer', {
    stage: 8,
    owner: 'infrastructure-role',
    meaning: 'The infrastructure role does not trust ECS, or may not change listeners.',
    confirm: 'The action in statusReason; trust and policy of the infrastructure role.',
    next: ['iam', 'deployments'],
    fix: () => ({
      summary:
        'Let the infrastructure role trust ecs.amazonaws.com, and attach the managed policy for load balancers.',
      terraform: `resource "aws_iam_role_policy_attachment" "load_balancers" {\n  role       = "INFRASTRUCTURE_ROLE"\n  policy_arn = "${loadBalancerPolicy}"\n}`,
      cli: `aws iam attach-role-policy --role-name INFRASTRUCTURE_ROLE --policy-arn ${loadBalancerPolicy}`,
    }),
  }),
  cause('service-iam-broken', 'ECS lost its rights on the service', {
    stage: 8,
    owner: 'operator',
    meaning: 'Policy or trust of the role that keeps the service was changed.',
    confirm: 'Service events; changes of the role in CloudTrail.',
    next: ['iam', 'service-events'],
    fix: () => ({
      summary: 'Restore the rights and the trust of the role; for the service-linked role create it anew.',
      cli: 'aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com',
    }),
  }),
  cause('service-config-rejected', 'ECS rejects the service settings', {
    stage: 8,
    owner: 'service-config',
    meaning: 'The call that creates or updates the service is refused for one of its parameters.',
    confirm: 'The error itself.',
    next: ['deployments'],
    fix: (n) => ({
      summary: `Correct the parameter that the text names${n.revision ? `: ${n.revision} must be an ACTIVE revision` : ''}.`,
      cli: `aws ecs describe-services --cluster ${n.cluster ?? 'CLUSTER'} --services ${n.service ?? 'SERVICE'}`,
    }),
  }),
];
