import { noAnswer } from './faults.ts';
import { defineSignature, type Signature } from './signature.ts';

const registryAuth = /ecr registry auth|registry auth from|getauthorizationtoken|api\.ecr|retrieve ecr/i;
const logging =
  /logger args|logging driver|cloudwatch log|log ?group|log ?stream|\blogs\.[a-z0-9-]{4,30}\.amazonaws|\blogs:(?:create|put|describe)|awslogs|log driver/i;
const logKeys = ['log'];

/** Registry credentials, logging and roles: what ECS prepares before a container is created. */
export const initSignatures: readonly Signature[] = [
  defineSignature({
    cause: 'ecr-auth-permission-denied',
    keys: ['ecr'],
    pattern: /perform: (?<action>ecr:GetAuthorizationToken)|access ?denied|not authorized|explicit deny/i,
    and: registryAuth,
    not: /vpc endpoint policy/i,
    examples: [
      'unable to retrieve ecr registry auth: service call has been retried 1 time(s): AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/exec/1 is not authorized to perform: ecr:GetAuthorizationToken on resource: *',
    ],
  }),
  defineSignature({
    cause: 'ecr-auth-unreachable',
    keys: ['ecr', 'pull command failed', 'registry auth'],
    pattern:
      /connection issue between the task and amazon ecr|retrieve ecr registry auth.{0,200}(?:retried|request)|signal: killed|api\.ecr\.(?<region>[a-z0-9-]{5,20})?|getauthorizationtoken/i,
    and: /registry auth|api\.ecr|getauthorizationtoken/i,
    not: /from asm\b|secrets? manager|retrieve secrets? from ssm/i,
    examples: [
      'unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration.',
      'unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed caused by: Post https://api.ecr....',
      'unable to pull secrets or registry auth: pull command failed: : signal: killed',
    ],
  }),
  defineSignature({
    cause: 'firelens-misconfigured',
    keys: ['firelens', 'log_router', 'log router', 'fluent'],
    pattern: /fire ?lens|log_router|log router|fluent-?bit config|fluentd config/i,
    not: /failed to validate logger args.{0,40}awslogs/i,
    examples: [
      'Unable to download firelens s3 config file: unable to download s3 config x.conf from bucket b: NoSuchKey',
      'CannotCreateContainerError: container uses awsfirelens log driver but there is no log router',
      'Unable to generate firelens config file: unable to apply log options of container app to firelens config',
    ],
  }),
  defineSignature({
    cause: 'logs-permission-denied',
    keys: ['169.254.170.2', 'credentialsendpoint', 'load credentials', 'nocredentialproviders'],
    pattern: /169\.254\.170\.2|credentialsendpointerror|failed to load credentials|nocredentialproviders/i,
    and: logging,
    owner: 'capacity',
    examples: [
      'CannotStartContainerError: failed to initialize logging driver: NoCredentialProviders: no valid providers in chain',
    ],
  }),
  defineSignature({
    cause: 'logs-permission-denied',
    keys: logKeys,
    pattern: /perform: (?<action>logs:\w{3,60})|access ?denied|not authorized|explicit deny/i,
    and: logging,
    not: /perform: (?:ecr|secretsmanager|ssm|kms):/i,
    examples: [
      'failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/exec/1 is not authorized to perform: logs:CreateLogStream on resource: arn:aws:logs:us-east-1:111122223333:log-group:/ecs/app:log-stream:x',
    ],
  }),
  defineSignature({
    cause: 'logs-endpoint-unreachable',
    keys: logKeys,
    pattern: noAnswer,
    and: logging,
    not: /secrets or registry auth|cannotpull|^contains? ?connect|log file/i,
    examples: [
      'failed to validate logger args: The task cannot find the Amazon CloudWatch log group defined in the task definition. There is a connection issue between the task and Amazon CloudWatch. Check your network configuration. : signal: killed',
      'failed to initialize logging driver: failed to create Cloudwatch log stream: RequestError: send request failed caused by: Post "https://logs.eu-west-1.amazonaws.com/": dial tcp 10.0.0.4:443: i/o timeout',
    ],
  }),
  defineSignature({
    cause: 'logs-group-missing',
    keys: ['log group', 'log-group', 'loggroup', 'resourcenotfound'],
    pattern:
      /log.?group(?:,? '?(?<logGroup>\/?[\w./#-]{1,512})'?,?)? (?:does not|doesn't|not) (?:exist|found)|cannot find the amazon cloudwatch log group|resourcenotfoundexception/i,
    and: logging,
    examples: [
      'failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.',
      'CannotStartContainerError: Error response from daemon: failed to initialize logging driver: failed to create Cloudwatch log stream: operation error CloudWatch Logs: CreateLogStream, ResourceNotFoundException: The specified log group does not exist.',
    ],
  }),
  defineSignature({
    cause: 'log-driver-misconfigured',
    keys: [
      'log opt',
      'awslogs',
      'log driver',
      'logging driver',
      'logger args',
      'log-opt',
      'logdriver',
      'stream prefix',
      'splunk',
      'log configuration',
    ],
    pattern:
      /unknown log opt '?(?<name>[\w.-]{1,100})|must specify a value for log opt '?(?<name>[\w.-]{1,100})|(?:missing|invalid|required|unsupported|unknown|illegal|not (?:valid|supported|registered|available|found))[^:]{0,80}(?:log|awslogs|splunk)|(?:log|awslogs|splunk)[\w' -]{0,60}(?:is |are )?(?:missing|invalid|required|unsupported|not (?:valid|supported|registered|available|found|specified))|failed to (?:parse|validate) log|failed to initialize logging driver|no log driver named '?(?<name>[\w-]{1,40})|logging driver \w{1,30}: no such plugin|logger args: (?:invalid|unknown|the )/i,
    and: /log/i,
    examples: [
      "CannotCreateContainerError: Error response from daemon: unknown log opt 'awslogs-foo' for awslogs log driver",
      "CannotStartContainerError: failed to initialize logging driver: must specify a value for log opt 'awslogs-group'",
      'CannotCreateContainerError: logger: no log driver named gelfx is registered',
      'CannotStartContainerError: failed to initialize logging driver: splunk: splunk-token is expected',
    ],
  }),
  defineSignature({
    cause: 'role-cannot-be-assumed',
    keys: ['assume', 'ecr credentials: not found', 'trust relationship', 'iam role credentials', 'role arn'],
    pattern:
      /(?:unable|failed|cannot|not able|not authorized) to assume (?:the )?(?:iam )?(?:execution )?(?:role)? ?'?(?<resource>arn:[\w:/+=,.@-]{10,200})?|ecr credentials: not found|cannot be assumed|proper trust relationship|role is invalid or cannot be assumed|perform: sts:assumerole/i,
    not: /linked role|hook|lambda|infrastructure role|blue|elasticloadbalancing|load ?balanc|instance profile|\bapplication\b|trust .{0,60}(?:misconfigured|changed)/i,
    examples: [
      "service web failed to launch a task with (error ECS was unable to assume the role 'arn:aws:iam::111122223333:role/app' that was provided for this task. Please verify that the role being passed has the proper trust relationship)",
      'ClientException: ECS was unable to assume the role that was provided for this task.',
      'CannotPullECRContainerError: engine ecr credentials: not found',
    ],
  }),
];
