import { defineSignature, type Signature } from './signature.ts';

const targetGroup = String.raw`(?:target-group '?(?<targetGroupArn>arn:[\w:/-]{20,200})?)`;

/** What load balancers say of targets. The reason inside a service event is the text that DescribeTargetHealth gives. */
export const targetSignatures: readonly Signature[] = [
  defineSignature({
    cause: 'elb-vpc-mismatch',
    keys: ['target group vpc', 'different vpc', 'not in the vpc', 'same vpc'],
    pattern:
      /not in the target group vpc '?(?<resource>vpc-\w{6,20})?|targets?.{0,100}(?:different vpc|not in the vpc)|must be in the same vpc/i,
    examples: [
      "failed to register targets in (target-group arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/a/1) with (error The following targets are not in the target group VPC 'vpc-11111111': 'i-0aa')",
    ],
  }),
  defineSignature({
    cause: 'elb-register-denied',
    keys: ['elasticloadbalancing:', 'register targets', 'deregister targets'],
    pattern:
      /perform: (?<action>elasticloadbalancing:(?:Register|Deregister|Describe)\w{1,40})|(?:de)?register targets .{0,300}(?:access ?denied|not authorized|accessdenied)/i,
    not: /lifecycle hook|modifylistener|modifyrule/i,
    examples: [
      'failed to deregister targets in (target-group arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/a/1) with (error AccessDenied)',
      'User: arn:aws:sts::111122223333:assumed-role/r/ecs is not authorized to perform: elasticloadbalancing:DescribeTargetHealth on resource: *',
    ],
  }),
  defineSignature({
    cause: 'elb-quota',
    keys: [
      'number of targets',
      'toomanytargets',
      'too many targets',
      'toomanyregistrations',
      'targets-per',
      'target groups has been reached',
      'toomanyuniquetargetgroups',
      'targets per',
    ],
    pattern:
      /maximum number of (?:targets|target groups)|toomany(?:targets|registrations\w{0,30}|uniquetargetgroups\w{0,30}|targetgroups)|too many targets|targets per (?:target group|load balancer)/i,
    examples: [
      'failed to register targets with (error TooManyTargets: You have reached the maximum number of targets)',
    ],
  }),
  defineSignature({
    cause: 'elb-target-type-mismatch',
    keys: ['target type', 'targettype'],
    pattern:
      /target type (?<name>\w{2,10}).{0,60}incompatible|incompatible.{0,80}target type|target ?type .{0,80}(?:not (?:supported|compatible|valid)|must be|does not match)/i,
    examples: [
      'The provided target group arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/a/1 has target type instance, which is incompatible with the awsvpc network mode specified in the task definition.',
    ],
  }),
  defineSignature({
    cause: 'elb-tg-not-attached',
    keys: ['associated load balancer'],
    pattern: /does not have an associated load ?balancer/i,
    examples: [
      'InvalidParameterException: The target group with targetGroupArn arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/a/1 does not have an associated load balancer.',
    ],
  }),
  defineSignature({
    cause: 'elb-target-group-missing',
    keys: ['target group', 'target-group', 'targetgroupnotfound'],
    pattern:
      /targetgroupnotfound\w{0,10}|target ?-?groups? (?:is |are )?(?:not found|does not exist|do(?:es)? not exist)|target groups? '?arn:[\w:/-]{20,200}'? not found|one or more target groups not found/i,
    examples: [
      'service (web) (task 1) is not healthy in target-group (a) due to TARGET GROUP IS NOT FOUND.',
      'TargetGroupNotFoundException: One or more target groups not found',
    ],
  }),
  defineSignature({
    cause: 'elb-target-missing',
    keys: ['target is not found', 'not registered', 'notregistered', 'target not found'],
    pattern:
      /target is not found|target(?:\.| is | )not ?registered|target not found|not registered (?:in|to|with) the target group/i,
    examples: [
      'Target.NotRegistered: Target is not registered to the target group',
      'service (web) (task 1) is not healthy in target-group (a) due to TARGET IS NOT FOUND.',
    ],
  }),
  defineSignature({
    cause: 'elb-az-not-enabled',
    keys: ['availability zone'],
    pattern:
      /availability zone that is not enabled|availability zone .{0,60}not enabled for the load balancer/i,
    examples: ['due to (reason Target is in an Availability Zone that is not enabled for the load balancer)'],
  }),
  defineSignature({
    cause: 'elb-target-unused',
    keys: ['notinuse', 'not configured to receive', 'not in use', 'not used by', 'target.invalidstate'],
    pattern:
      /target\.notinuse|not configured to receive traffic|target group is not (?:in use|used)|target\.invalidstate/i,
    examples: ['Target.NotInUse: Target group is not configured to receive traffic from the load balancer'],
  }),
  defineSignature({
    cause: 'elb-target-ip-unusable',
    keys: ['ipunusable', 'ip address cannot', 'reserved for use by', 'cannot be used as a target'],
    pattern:
      /target\.ipunusable|cannot be used as a target|reserved for use by a load balancer|ip address .{0,60}in use by a load balancer/i,
    examples: ['Target.IpUnusable: The target IP address is reserved for use by a load balancer'],
  }),
  defineSignature({
    cause: 'elb-registering',
    keys: [
      'registrationinprogress',
      'initialhealthchecking',
      'registration is in progress',
      'initial health checks',
      'initial',
    ],
    pattern:
      /elb\.(?:registrationinprogress|initialhealthchecking)|\bregistration (?:is )?in progress|initial health checks? (?:are )?in progress|^initial$/i,
    examples: [
      'Elb.InitialHealthChecking: Initial health checks in progress',
      'Target registration is in progress',
    ],
  }),
  defineSignature({
    cause: 'elb-draining',
    keys: [
      'deregistrationinprogress',
      'deregistration is in progress',
      'draining',
      'deregistration in progress',
    ],
    pattern:
      /target\.deregistrationinprogress|deregistration (?:is )?in progress|^(?:unhealthy\.)?draining$|has begun draining connections/i,
    examples: [
      'Target.DeregistrationInProgress: Target deregistration is in progress',
      'service web has begun draining connections on 1 tasks.',
    ],
  }),
  defineSignature({
    cause: 'elb-health-wrong-code',
    keys: ['these codes', 'responsecodemismatch', 'status code', 'response code', 'grpc code'],
    pattern:
      /(?:failed )?with these codes:? ?\[?(?<code>[\d, -]{1,40})\]?|target\.responsecodemismatch(?:.{0,60}\[(?<code>[\d, ]{1,40})\])?|unexpected (?:status|response) code:? \[?(?<code>\d{3})/i,
    not: /httpread|failed open|cannotpull|manifest/i,
    examples: [
      'Target.ResponseCodeMismatch: Health checks failed with these codes: [302]',
      'due to (reason Health checks failed with these codes: [401])',
    ],
  }),
  defineSignature({
    cause: 'elb-health-timeout',
    keys: ['request timed out', 'target.timeout', 'connection timed out', 'checks timed out', 'timed out'],
    pattern:
      /target\.timeout|due to reason (?:request|connection|health check)s? timed out|^(?:request|connection) timed out$|health checks? (?:request )?timed out|reason request timed out/i,
    examples: [
      'Target.Timeout: Request timed out',
      '(service web) (task 1) (port 80) is unhealthy in (target-group a) due to (reason Request timed out)',
      'Connection timed out',
    ],
  }),
  defineSignature({
    cause: 'elb-health-connection-failed',
    keys: [
      'failedhealthchecks',
      'health checks failed',
      'connection refused',
      'connection to target failed',
      'failed to establish',
      'connection to the target',
      'malformed',
      'connect to target',
      'reset by',
    ],
    pattern:
      /target\.failedhealthchecks|(?:reason |^)health checks failed$|(?:reason |^)health checks failed\b(?! with)|connection to (?:the )?target (?:failed|refused)|failed to (?:establish|connect)[^.]{0,40} target|malformed (?:http )?response|target (?:refused|reset) the connection/i,
    not: /task failed|cannotpull/i,
    examples: [
      'Target.FailedHealthChecks: Health checks failed',
      '(service web) (task 1) (port 80) is unhealthy in (target-group a) due to (reason Health checks failed)',
    ],
  }),
  defineSignature({
    cause: 'aws-internal-error',
    keys: ['elb.internalerror'],
    pattern: /elb\.internalerror/i,
    examples: ['Elb.InternalError: Health checks failed due to an internal error'],
  }),
  defineSignature({
    cause: 'elb-health-failed',
    keys: [
      'elb health checks',
      'unhealthythreshold',
      'is unhealthy in',
      'not healthy in',
      'vpc lattice',
      'health checks disabled',
      'healthcheckdisabled',
    ],
    pattern: new RegExp(
      String.raw`failed elb health checks(?: in ${targetGroup})?|unhealthythreshold number|is (?:unhealthy|not healthy) in (?:${targetGroup}|elb )|failed vpc lattice health checks|target\.healthcheckdisabled`,
      'i',
    ),
    status: 'likely',
    rivals: [
      'elb-health-timeout',
      'elb-health-wrong-code',
      'elb-health-connection-failed',
      'elb-grace-too-short',
    ],
    decide: 'aws elbv2 describe-target-health --target-group-arn TARGET_GROUP_ARN',
    examples: [
      'Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/app/0123456789abcdef)',
      '(service web) (instance i-0ab) is unhealthy in (elb web) due to (reason Instance has failed at least the UnhealthyThreshold number of health checks consecutively.)',
    ],
  }),
];
