import { denied, noAnswer, pulling } from './faults.ts';
import { defineSignature, type Signature } from './signature.ts';

const keys = ['cannotpull', 'pull', 'manifest', 'layer', 'httprea', 'resolve ref', 'inspect image', '/v2/'];
const ecrHost = /\d{12}\.dkr[.-]ecr(?:-fips)?\.|amazon ecr|\becr:/i;
const image = String.raw`(?<image>[\w.-]{1,128}\/[\w./-]{1,255}(?::[\w.-]{1,128}|@sha256:[0-9a-f]{6,64}))`;

/** Pull errors about rights, names and reach, and last those that hide their cause. */
export const imageAccessSignatures: readonly Signature[] = [
  defineSignature({
    cause: 'image-ecr-repo-policy',
    keys: ['resource-based policy', 'repository policy'],
    pattern:
      /(?:no|in a) resource-based policy(?: allows the (?<action>[\w:]{3,80}) action)?|repository policy/i,
    and: /ecr:|\.dkr[.-]ecr/i,
    examples: [
      'CannotPullContainerError: denied: User: arn:aws:sts::111122223333:assumed-role/exec/1 is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:us-east-1:444455556666:repository/shared because no resource-based policy allows the ecr:BatchGetImage action',
    ],
  }),
  defineSignature({
    cause: 'image-not-found',
    keys: ['requested access to the resource is denied'],
    pattern: /requested access to the resource is denied/i,
    and: ecrHost,
    status: 'likely',
    rivals: ['image-ecr-permission'],
    decide: 'aws ecr describe-repositories --repository-names REPOSITORY',
    examples: [
      "CannotPullContainerError: Check if image exists and role 'exec' has permissions to pull images from Amazon ECR. Error response from daemon: pull access denied for 111122223333.dkr.ecr.us-east-1.amazonaws.com/apq, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    ],
  }),
  defineSignature({
    cause: 'image-ecr-permission',
    keys: ['ecr:'],
    pattern: /perform: (?<action>ecr:(?:Batch|GetDownload|Describe|Create|Import)\w{1,60})/i,
    examples: [
      'CannotPullContainerError: denied: User: arn:aws:sts::111122223333:assumed-role/exec/1 is not authorized to perform: ecr:GetDownloadUrlForLayer on resource: arn:aws:ecr:us-east-1:111122223333:repository/app',
    ],
  }),
  defineSignature({
    cause: 'image-ecr-permission',
    keys: [
      'permissions to pull',
      '403',
      'forbidden',
      'denied',
      'basic auth',
      'unauthorized',
      'not authorized',
      'authorization token',
    ],
    pattern:
      /permissions? to pull|\b403\b|access ?denied|no basic auth credentials|\b401\b|unauthorized|not authorized|authorization token has expired|denied: /i,
    and: /\.dkr[.-]ecr|amazon ecr|\becr:|can'?t pull the image/i,
    status: 'likely',
    rivals: ['image-ecr-repo-policy', 'image-not-found'],
    decide:
      'aws iam simulate-principal-policy --policy-source-arn EXECUTION_ROLE_ARN --action-names ecr:BatchGetImage ecr:GetDownloadUrlForLayer --resource-arns REPOSITORY_ARN',
    not: /registry auth|getauthorizationtoken/i,
    examples: [
      'CannotPullContainerError: Error response from daemon: Get https://111122223333.dkr.ecr.us-east-1.amazonaws.com/v2/app/manifests/1: no basic auth credentials',
      'The task can’t pull the image. Check that the role has the permissions to pull images from the registry',
      "CannotPullECRContainerError: AccessDeniedException: pull access denied for 111122223333.dkr.ecr.us-east-1.amazonaws.com/app, repository does not exist or may require 'docker login'",
    ],
  }),
  defineSignature({
    cause: 'image-registry-auth',
    keys: ['pull access denied', 'insufficient_scope', 'docker login'],
    pattern: /pull access denied(?: for (?<image>[\w./:@-]{1,300}))?|insufficient_scope|docker login/i,
    status: 'likely',
    rivals: ['image-not-found'],
    decide:
      'docker manifest inspect IMAGE (a registry that hides private images answers "denied" for a missing one too)',
    not: ecrHost,
    examples: [
      "CannotPullContainerError: Error response from daemon: pull access denied for acme/internal, repository does not exist or may require 'docker login'",
      'failed to resolve ref docker.io/acme/internal:1: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    ],
  }),
  defineSignature({
    cause: 'image-registry-auth',
    keys: [
      'unauthorized',
      'authentication required',
      'basic auth',
      'autherror',
      'incorrect username',
      'private registry',
      'registry credentials',
      '401',
      'forbidden',
      'denied',
      'repositorycredentials',
    ],
    pattern:
      /incorrect username or password|authentication required|no basic auth credentials|autherror|private registry credentials|\b401\b|unauthorized|403 forbidden|denied: |access denied|repositorycredentials/i,
    and: /cannotpull|pull|registry|manifests/i,
    not: /\.dkr[.-]ecr|\becr:|amazon ecr|secrets or registry auth|ecr credentials|vpc endpoint/i,
    examples: [
      'CannotPullContainerError: failed to resolve ref registry.gitlab.com/acme/app:2: unexpected status from HEAD request to https://registry.gitlab.com/v2/acme/app/manifests/2: 401 Unauthorized',
      'CannotPullContainerAuthError: engine docker private registry credentials: not found',
    ],
  }),
  defineSignature({
    cause: 'image-not-found',
    keys: [
      'not found',
      'manifest unknown',
      'name unknown',
      '404',
      'does not exist',
      "doesn't exist",
      'image exists',
      'no such image',
    ],
    pattern: new RegExp(
      String.raw`${image}[: ]{1,2}(?:repository |tag )?not found|manifest unknown|name unknown|\b404\b|(?:repository|image|tag|manifest)[^,]{0,300}(?:not found|does not exist|doesn't exist)|check whether (?:the )?image exists|not found|no such image`,
      'i',
    ),
    and: pulling,
    not: /credentials: not found/i,
    examples: [
      'CannotPullContainerError: Error response from daemon: manifest for 111122223333.dkr.ecr.us-east-1.amazonaws.com/app:v9 not found: manifest unknown: Requested image not found',
      'CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref docker.io/library/ngnix:latest: docker.io/library/ngnix:latest: not found',
    ],
  }),
  defineSignature({
    cause: 'image-registry-unreachable',
    keys: ['context canceled', 'context cancelled'],
    pattern: /context cancell?ed/i,
    and: /cannotpull|pull image|ref pull/i,
    not: denied,
    status: 'likely',
    rivals: ['task-cancelled-before-pull', 'image-pull-timeout'],
    decide:
      "aws ecs describe-tasks --cluster CLUSTER --tasks TASK --query 'tasks[].[stopCode,stoppedReason,pullStartedAt,stoppingAt]'",
    examples: ['CannotPullContainerError: pull image manifest has been retried 2 time(s): context canceled'],
  }),
  defineSignature({
    cause: 'image-registry-unreachable',
    keys,
    pattern: noAnswer,
    and: pulling,
    not: /secrets or registry auth|unable to pull secrets/i,
    examples: [
      'CannotPullContainerError: API error (500): Get https://111122223333.dkr.ecr.us-east-1.amazonaws.com/v2/: net/http: request canceled while waiting for connection',
      'CannotPullContainerError: failed to do request: Head "https://registry-1.docker.io/v2/library/nginx/manifests/1": dial tcp 54.0.0.1:443: connect: connection timed out',
      'The task can’t pull the image. Check your network configuration.',
    ],
  }),
  defineSignature({
    cause: 'image-pull-corrupt',
    keys: ['internal server error', 'service unavailable', 'bad gateway', 'gateway time'],
    pattern:
      /\b50[0234]\b.{0,20}(?:internal server error|service unavailable|bad gateway|gateway time-?out)/i,
    and: pulling,
    status: 'likely',
    rivals: ['image-pull-failed-unclear'],
    decide: 'Pull the same digest from another machine; a registry that answers 5xx does so to everybody',
    examples: [
      'CannotPullContainerError: unexpected status from GET request to https://ghcr.io/v2/acme/app/manifests/1: 503 Service Unavailable',
    ],
  }),
  defineSignature({
    cause: 'image-pull-failed-unclear',
    keys: ['unexpected status code'],
    pattern: /unexpected status code/i,
    and: pulling,
    status: 'open',
    rivals: ['image-ecr-permission', 'image-layer-s3-unreachable', 'image-not-found', 'image-arch-mismatch'],
    decide:
      'aws ecr describe-images --repository-name REPOSITORY --image-ids imageTag=TAG, then the execution role and the S3 gateway endpoint',
    examples: [
      'CannotPullContainerError: ref pull has been retried 3 time(s): failed to copy: httpReadSeeker: failed open: unexpected status code',
    ],
  }),
  defineSignature({
    cause: 'image-pull-failed-unclear',
    keys: [
      'cannotpull',
      'inspect image',
      'ref pull',
      'image manifest has been retried',
      'pull command failed',
    ],
    pattern:
      /cannotpull\w{0,20}(?:error)?|inspect image has been retried|ref pull has been retried|image manifest has been retried|pull command failed/i,
    not: /secrets or registry auth|no space left|devicemapper|credentials: not found/i,
    status: 'open',
    rivals: ['image-not-found', 'image-ecr-permission', 'image-registry-unreachable'],
    decide: 'aws ecr describe-images --repository-name REPOSITORY --image-ids imageTag=TAG',
    examples: [
      'CannotPullContainerError: inspect image has been retried 5 time(s)',
      'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to reso',
    ],
  }),
];
