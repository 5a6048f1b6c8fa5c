import { defineSignature, type Signature } from './signature.ts';

/** Failures of the calls themselves, made by this tool, by a pipeline or by a person. */
export const apiSignatures: readonly Signature[] = [
  defineSignature({
    cause: 'api-task-not-valid',
    keys: ['task_not_valid', 'not managed by', 'not part of', 'not belong to a service'],
    pattern: /task_not_valid|not (?:managed by|part of|belong to) (?:an? )?(?:ecs )?service/i,
    examples: ['TASK_NOT_VALID', 'The task is not managed by a service'],
  }),
  defineSignature({
    cause: 'api-protection-blocked',
    keys: ['deployment_blocked', 'protection', 'updatetaskprotection'],
    pattern:
      /deployment_blocked|protection .{0,60}(?:refused|blocked|blocking|cannot be set)|blocked by .{0,40}protection|(?:cannot|unable to) .{0,30}protect/i,
    not: /scale in/i,
    examples: ['DEPLOYMENT_BLOCKED', 'Task protection cannot be set: it is blocking a deployment'],
  }),
  defineSignature({
    cause: 'api-missing',
    keys: ['missing', 'not found', 'notfound', 'does not exist', 'not_found'],
    pattern:
      /^missing$|(?:cluster|service|task|task ?set|container ?instance|resource|deployment|task ?definition|capacity ?provider)s?(?: ?notactive)?(?: ?not ?found(?:exception)?| was not found| does not exist)|notfoundexception|referenced (?:cluster|task|service|container instance) (?:was )?not found/i,
    not: /log group|secret|image|manifest|repository|module|target/i,
    examples: [
      'MISSING',
      'ClusterNotFoundException: Cluster not found.',
      'An error occurred (InvalidParameterException): The referenced task was not found.',
      'ServiceNotFoundException: Service not found.',
    ],
  }),
  defineSignature({
    cause: 'api-missing',
    keys: ['notactive', 'not active'],
    pattern: /servicenotactive\w{0,10}|service (?:was |is )?not active|clusternotactive/i,
    examples: ['ServiceNotActiveException: Service was not ACTIVE.'],
  }),
  defineSignature({
    cause: 'api-access-denied',
    keys: ['ecs:', 'iam:passrole', 'aws configure'],
    pattern:
      /perform: (?<action>ecs:\w{3,80}|iam:PassRole)|unable to locate credentials.{0,60}aws configure/i,
    examples: [
      'User: arn:aws:sts::111122223333:assumed-role/deployer/s is not authorized to perform: iam:PassRole on resource: arn:aws:iam::111122223333:role/app',
      'Unable to locate credentials. You can configure credentials by running "aws configure".',
    ],
  }),
  defineSignature({
    cause: 'api-access-denied',
    keys: [
      'access',
      'authorized',
      'expiredtoken',
      'unrecognizedclient',
      'credentials',
      'security token',
      'signature',
    ],
    pattern:
      /perform: (?<action>[\w-]{2,40}:\w{3,80})|access ?denied(?:exception)?|not authorized|expiredtoken\w{0,10}|unrecognizedclient\w{0,10}|security token .{0,40}(?:invalid|expired)|unable to locate credentials|invalidsignature\w{0,10}/i,
    where: ['api.failure', 'service.event', 'deployment.rolloutStateReason', 'exec.error'],
    examples: [
      'AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/bot/s is not authorized to perform: ecs:DescribeServices on resource: *',
      'ExpiredTokenException: The security token included in the request is expired',
    ],
  }),
  defineSignature({
    cause: 'api-not-valid',
    keys: [
      'invalid',
      'hookid',
      'not allowed',
      'validation',
      'clientexception',
      'not valid',
      'malformed',
      'too long',
      'unsupported',
      'longarn',
      'arn format',
      'not supported',
    ],
    pattern:
      /invalidparameter\w{0,10}|validationexception|clientexception|not valid|malformed|unsupportedfeature\w{0,10}|invalid (?:request|identifier|parameter|arn|hookid)|hookid is either|not allowed for service deployment|arn format|unsupportedoperation|is not supported/i,
    where: ['api.failure', 'exec.error'],
    examples: [
      'InvalidParameterException: Invalid identifier: Identifier is for cluster',
      'ValidationException: 1 validation error detected',
      'InvalidParameterException',
    ],
  }),
];
