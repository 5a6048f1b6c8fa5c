import { absent, noAnswer } from './faults.ts';
import { defineSignature, type Signature } from './signature.ts';

const secretsManager = /secrets ?manager|from asm\b|asmsecret|:secret:/i;
const parameterStore = /\bssm\b|parameter ?store|getparameters?\b|:parameter\//i;
const eitherStore =
  /secrets ?manager|from asm\b|asmsecret|:secret:|\bssm\b|parameter ?store|getparameters?\b|retrieve secrets? from/i;
const outsideTask = /ssmmessages|executecommand|startsession|credential ?spec|fsx/i;

/** What stands between a task and the values of its `secrets` and `environmentFiles`. */
export const secretSignatures: readonly Signature[] = [
  defineSignature({
    cause: 'env-file-unreadable',
    keys: ['env file', 'envfile', 'environment file', 'environmentfile'],
    pattern:
      /(?:env|environment) ?files?(?: with key (?<name>\S{1,300}) from bucket (?<resource>[\w.-]{1,80}))?/i,
    examples: [
      'Unable to download env file with key app.env from bucket config, error: AccessDenied: Access Denied',
      'ResourceInitializationError: failed to download env files: file download command: non empty error stream: RequestCanceled: request context canceled',
      'Invalid path: bucket "b" key "../x" escapes envfile resource directory',
    ],
  }),
  defineSignature({
    cause: 'secret-kms-denied',
    keys: ['kms'],
    pattern:
      /access to kms is not allowed|perform: (?<action>kms:\w{3,40})|kms key .{0,200}(?:disabled|not accessible|pending deletion|does not exist)|kmsinvalidstate|kmsaccessdenied|can't decrypt the protected secret/i,
    and: /secret|\bssm\b|parameter|asm\b|kms:decrypt/i,
    not: outsideTask,
    examples: [
      'unable to retrieve secret from asm: failed to fetch secret arn:aws:secretsmanager:us-east-1:111122223333:secret:a-AbCdEf from secrets manager: AccessDeniedException: Access to KMS is not allowed',
      'unable to retrieve secrets from ssm: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/exec/1 is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:us-east-1:111122223333:key/1',
    ],
  }),
  defineSignature({
    cause: 'secret-empty-value',
    keys: ['staging label', 'specified secret value', 'awscurrent'],
    pattern:
      /secret value for staging label:? ?(?<name>\w{1,60})?|can't find the specified secret value|secret has no value|does not have (?:an )?awscurrent/i,
    examples: [
      "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
      'ResourceNotFoundException: Secrets Manager can’t find the specified secret value for staging label: AWSPREVIOUS',
    ],
  }),
  defineSignature({
    cause: 'secret-json-key-missing',
    keys: ['json key'],
    pattern:
      /(?:did|does) not contain (?:the )?json key '?"?(?<name>[\w./:@-]{1,255})|json key '?"?(?<name>[\w./:@-]{1,255})'?"? (?:was )?not found/i,
    examples: [
      'retrieved secret from Secrets Manager did not contain json key DB_URL',
      'Secret arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-AbCdEf does not contain the JSON key "password"',
    ],
  }),
  defineSignature({
    cause: 'secret-json-malformed',
    keys: ['invalid character', 'unexpected end of json', 'cannot unmarshal', 'json'],
    pattern:
      /invalid character .{1,12} (?:looking for|after|in) |unexpected end of json input|cannot unmarshal|unable to parse .{0,40}json|not valid json/i,
    and: eitherStore,
    examples: [
      "unable to retrieve secret from asm: service call has been retried 1 time(s): invalid character 'p' looking for beginning of value",
      'Fetching secret data from AWS Secrets Manager in region eu-west-1: secret arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-AbCdEf: unexpected end of JSON input',
    ],
  }),
  defineSignature({
    cause: 'secret-reference-invalid',
    keys: [
      'invalid arn',
      'arn format',
      'malformed',
      'valid arn',
      'invalid secret arn',
      'valid name',
      'arn: ',
      'invalid name',
    ],
    pattern:
      /invalid arn|unexpected arn format|arn format|valid arn|malformed (?:secret )?arn|arn: (?:not enough sections|invalid prefix)|invalid secret arn|invalid name\. must be a valid name|must be a valid name containing/i,
    and: /secret|asm|parameter|ssm/i,
    not: outsideTask,
    examples: [
      'Trying to retrieve secret with value prod resulted in error: an invalid ARN format for the AWS Secrets Manager secret was specified',
      'unexpected ARN format with parameters when trying to retrieve ASM secret',
      'failed to fetch secret a from secrets manager: ValidationException: Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
    ],
  }),
  defineSignature({
    cause: 'parameter-not-found',
    keys: ['invalid parameters', 'invalid ssm parameters', 'parameternotfound', 'parameter not found'],
    pattern:
      /invalid (?:ssm )?parameters?:? \[?'?(?<name>[\w./-]{1,1011})|parameternotfound|parameter not found/i,
    and: parameterStore,
    examples: [
      'Fetching secret data from SSM Parameter Store in eu-west-1: invalid parameters: /app/key',
      'unable to retrieve secrets from ssm: service call has been retried 1 time(s): ParameterNotFound',
    ],
  }),
  defineSignature({
    cause: 'role-cannot-be-assumed',
    keys: [
      'nocredentialproviders',
      'no valid providers',
      'task execution credentials',
      'unable to find task',
      'credentials not found',
    ],
    pattern:
      /nocredentialproviders|no valid providers in chain|unable to find (?:the )?(?:task )?execution (?:role )?credentials|execution (?:role )?credentials (?:were )?not found/i,
    and: eitherStore,
    status: 'likely',
    examples: [
      'Fetching secret data from SSM Parameter Store in us-west-2: NoCredentialProviders: no valid providers in chain. Deprecated.',
    ],
  }),
  defineSignature({
    cause: 'secret-permission-denied',
    keys: ['secretsmanager', 'secrets manager', 'from asm', ':secret:'],
    pattern:
      /perform: (?<action>secretsmanager:\w{3,60})|access ?denied(?:exception)?|not authorized|explicit deny|identity-based policy/i,
    and: secretsManager,
    not: /ecr:|perform: (?:ssm|kms|logs|s3):/i,
    examples: [
      'unable to retrieve secret from asm: failed to fetch secret arn:aws:secretsmanager:us-east-1:111122223333:secret:a-AbCdEf from secrets manager: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/exec/1 is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:us-east-1:111122223333:secret:a-AbCdEf',
    ],
  }),
  defineSignature({
    cause: 'parameter-permission-denied',
    keys: ['ssm', 'parameter store'],
    pattern:
      /perform: (?<action>ssm:\w{3,60})|access ?denied(?:exception)?|not authorized|explicit deny|identity-based policy/i,
    and: parameterStore,
    not: /ssmmessages|executecommand|startsession|credential ?spec|perform: (?:ecr|logs|s3|kms|secretsmanager):/i,
    examples: [
      'unable to retrieve secrets from ssm: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/exec/1 is not authorized to perform: ssm:GetParameters on resource: arn:aws:ssm:us-east-1:111122223333:parameter/app/db',
      'Fetching secret data from SSM Parameter Store in us-east-1: AccessDeniedException: denied status code: 400',
    ],
  }),
  defineSignature({
    cause: 'secret-not-found',
    keys: ['secrets manager', 'secretsmanager', 'asm', ':secret:'],
    pattern: new RegExp(`${absent.source}|marked (?:for|as) delet`, 'i'),
    and: secretsManager,
    not: /ecr:|credential ?spec|log group/i,
    examples: [
      'Fetching secret data from AWS Secrets Manager in region us-east-1: secret arn:aws:secretsmanager:us-east-1:111122223333:secret:a: InvalidRequestException: the secret was marked for deletion',
      'Fetching secret data from AWS Secrets Manager in region us-east-1: secret arn:aws:secretsmanager:us-east-1:111122223333:secret:a: ResourceNotFoundException: Secrets Manager can’t find the specified secret.',
    ],
  }),
  defineSignature({
    cause: 'secrets-endpoint-unreachable',
    keys: ['secret', 'ssm', 'asm', 'kms'],
    pattern: noAnswer,
    and: eitherStore,
    not: /ecr registry auth|registry auth from|getauthorizationtoken|api\.ecr|ssmmessages|executecommand|startsession|credential ?spec|retrieve ecr/i,
    examples: [
      'unable to retrieve secrets from ssm: service call has been retried 5 time(s): RequestCanceled: request context canceled caused by: context deadline exceeded',
      'unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager. Check your task network configuration.',
      'Fetching secret data from SSM Parameter Store in us-west-2: RequestError: send request failed caused by: Post "https://ssm.us-west-2.amazonaws.com/": dial tcp 10.0.0.9:443: i/o timeout',
    ],
  }),
  defineSignature({
    cause: 'init-failed-unclear',
    keys: ['retrieve secret', 'fetching secret data', 'fetch secret'],
    pattern:
      /unable to retrieve secrets? from (?:asm|ssm)|fetching secret data from [\w ]{3,40}|failed to fetch secret/i,
    status: 'open',
    rivals: ['secrets-endpoint-unreachable', 'secret-permission-denied', 'secret-not-found'],
    decide:
      'aws iam simulate-principal-policy --policy-source-arn EXECUTION_ROLE_ARN --action-names secretsmanager:GetSecretValue ssm:GetParameters',
    examples: [
      'unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s)',
    ],
  }),
];
