import { defineSignature, type Signature } from './signature.ts';

/** Texts that name the place of a fault and not the fault; tried when nothing more telling has matched. */
export const unclearSignatures: readonly Signature[] = [
  defineSignature({
    cause: 'init-failed-unclear',
    keys: [
      'unable to pull secrets or registry auth',
      'logger args',
      'resourceinitializationerror',
      'task failed to start',
    ],
    pattern:
      /unable to pull secrets or registry auth|failed to validate logger args|^resourceinitializationerror:? ?(?:$|failed to initialize (?:the )?task|unable to initialize)|^task failed to start\.?$/i,
    not: /cannotpull|connection issue|efs|eni\b|launch instance/i,
    status: 'open',
    rivals: ['secrets-endpoint-unreachable', 'ecr-auth-unreachable', 'logs-endpoint-unreachable'],
    decide:
      "aws ecs describe-tasks --cluster CLUSTER --tasks TASK --query 'tasks[].[stoppedReason,containers[].reason]'",
    examples: [
      'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed',
      'Task failed to start',
    ],
  }),
  defineSignature({
    cause: 'runtime-internal-error',
    keys: [
      'containerruntimeerror',
      'runtime task',
      'shim',
      'containerd',
      'internal error',
      'cannotcreatecontainer',
      'cannotstartcontainer',
      'oci runtime',
      'getting container status',
      'container status',
      'cannotinspect',
      'cannotdescribe',
      'cannotremove',
      'cannotlist',
      'impossiblestate',
      'dockerstate',
    ],
    pattern:
      /containerruntimeerror|(?:create|new) (?:new )?container runtime task|ttrpc: closed|shim (?:disconnected|exited|task)|internalerror|oci runtime (?:create|error)|failed to get container status|cannot(?:create|start|inspect|describe|remove)containererror|cannotlistcontainerserror|impossiblestatetransition|dockerstateerror/i,
    status: 'likely',
    examples: [
      'ContainerRuntimeError: failed to create container runtime task: ttrpc: closed: unknown',
      'CannotStartContainerError: failed to get container status: unexpected state',
    ],
  }),
];

/** Narration that every service writes all day; tried after everything else. */
export const narrationSignatures: readonly Signature[] = [
  defineSignature({
    cause: 'api-throttled',
    keys: ['throttl', 'rate exceeded', 'too many requests', 'toomanyrequests', 'requestlimitexceeded'],
    pattern:
      /being throttled|throttl(?:ing|ed)(?:exception)?|rate exceeded|too ?many ?requests(?:exception)?|requestlimitexceeded|slow ?down/i,
    examples: [
      'service (web) operations are being throttled. Will try again later.',
      'ThrottlingException: Rate exceeded',
    ],
  }),
  defineSignature({
    cause: 'normal-event',
    keys: [
      'started',
      'stopped',
      'registered',
      'pending',
      'container stopped event',
      'desired count',
      'desired_count',
      'updated',
      'status ',
      'draining',
    ],
    pattern:
      /has started \d{1,6} tasks?|(?:has )?stopped \d{1,6} (?:running|pending) tasks?|(?:de)?registered \d{1,6} (?:targets|instances|tasks?)|set desired (?:task )?count to|updated (?:computed )?desired ?count|desired_count_updated|received container stopped event|status:? "?(?:attached|created|attaching|precreated|detach(?:ing|ed)|deleted)\b|has started \w{1,20} tasks in/i,
    examples: [
      '(service web) has started 1 tasks: (task 0abc).',
      '(service web) has stopped 2 running tasks: (task 0abc) (task 1abc).',
      '(service web) registered 1 targets in (target-group a)',
      '(service web) updated computedDesiredCount for taskSet ecs-svc/1 to 4: updated desiredCount',
      'ElasticNetworkInterface: status ATTACHED',
    ],
  }),
  defineSignature({
    cause: 'aws-internal-error',
    keys: ['internal', 'server', 'service unavailable'],
    pattern:
      /serverexception|internal ?(?:server|service)? ?(?:error|failure)|internalerror|internalfailure|service ?unavailable(?:exception)?|we encountered an internal error|unexpected error/i,
    status: 'likely',
    examples: [
      'ServerException: Internal Error',
      'InternalError',
      'ServiceUnavailableException: Service Unavailable. Please try again later.',
    ],
  }),
];
