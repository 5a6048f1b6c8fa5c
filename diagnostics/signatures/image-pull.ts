import { denied, noAnswer, noName } from './faults.ts';
import { defineSignature, type Signature } from './signature.ts';

const pulling =
  /cannotpull|pull(?:ing)? (?:image|container|command|from)|ref pull|resolve ref\b|inspect image|cannot pull '|can'?t pull the image|httprea|pull access denied|(?:extract|register) layer|error pulling|manifest for|\/v2\/[\w./-]{1,255}\/(?:manifests|blobs)/i;
const keys = ['cannotpull', 'pull', 'manifest', 'layer', 'httprea', 'resolve ref', 'inspect image', '/v2/'];
const ecrHost = /\d{12}\.dkr[.-]ecr(?:-fips)?\.|amazon ecr|\becr:/i;
const image = String.raw`(?<image>[\w.-]{1,128}\/[\w./-]{1,255}(?::[\w.-]{1,128}|@sha256:[0-9a-f]{6,64}))`;

/** Pull errors, from the words that leave no doubt to those that hide the cause. */
export const imagePullSignatures: readonly Signature[] = [
  defineSignature({
    cause: 'image-rate-limited',
    keys: ['toomanyrequests', 'too many requests', 'rate limit', 'rate exceeded', 'data limit exceeded'],
    pattern: /toomanyrequests|429 too many requests|pull rate limit|too many requests/i,
    not: /getauthorizationtoken|secretsmanager|getparameters|elasticloadbalancing|\d{12}\.dkr[.-]ecr/i,
    examples: [
      'Error response from daemon: toomanyrequests: You have reached your unauthenticated pull rate limit.',
      'CannotPullContainerError: ref pull has been retried 3 time(s): httpReadSeeker: failed open: unexpected status code https://public.ecr.aws/v2/nginx/nginx/manifests/latest: 429 Too Many Requests',
    ],
  }),
  defineSignature({
    cause: 'image-rate-limited',
    keys: ['toomanyrequests', '429', 'rate exceeded'],
    pattern: /toomanyrequests|\b429\b|rate exceeded/i,
    and: pulling,
    status: 'likely',
    examples: [
      'CannotPullContainerError: toomanyrequests: Rate exceeded for 111122223333.dkr.ecr.us-east-1.amazonaws.com',
    ],
  }),
  defineSignature({
    cause: 'image-vpce-policy-denied',
    keys: ['vpc endpoint policy'],
    pattern: /(?:no|in a|by) vpc endpoint policy(?: allows the (?<action>[\w:]{3,80}) action)?/i,
    and: /ecr[:.]|cannotpull|registry auth|starport/i,
    examples: [
      'CannotPullContainerError: User: arn:aws:sts::111122223333:assumed-role/exec/1 is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:us-east-1:111122223333:repository/app because no VPC endpoint policy allows the ecr:BatchGetImage action',
    ],
  }),
  defineSignature({
    cause: 'image-vpce-policy-denied',
    keys: ['403'],
    pattern: /(?:starport-layer-bucket|\.s3[.-][\w-]{0,30})[^ ]{0,1500}(?:: | )403\b/i,
    status: 'likely',
    rivals: ['image-ecr-permission'],
    decide:
      'aws ec2 describe-vpc-endpoints --filters Name=service-name,Values=com.amazonaws.REGION.s3 --query "VpcEndpoints[].PolicyDocument"',
    examples: [
      'CannotPullContainerError: failed to copy: httpReadSeeker: failed open: unexpected status code https://prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com/aa-111122223333/bb?X-Amz-Date=1: 403 Forbidden',
    ],
  }),
  defineSignature({
    cause: 'image-layer-s3-unreachable',
    keys: ['nil pointer'],
    pattern: /nil pointer dereference/i,
    and: pulling,
    status: 'likely',
    rivals: ['image-registry-unreachable'],
    decide:
      'aws ec2 describe-vpc-endpoints --filters Name=service-name,Values=com.amazonaws.REGION.s3 --query "VpcEndpoints[].[RouteTableIds,PolicyDocument]"',
    examples: [
      'pull command failed: panic: runtime error: invalid memory address or nil pointer dereference',
    ],
  }),
  defineSignature({
    cause: 'image-os-mismatch',
    keys: ['operating system', 'windows', 'os version'],
    pattern:
      /operating system does not match|operating system "?\w{1,20}"? cannot be used|windows version [\d.]{1,20}-based image is incompatible|no match(?:ing manifest)? for (?:platform in manifest|windows)[^:]{0,60}(?:windows|10\.0)|no matching manifest for windows|image operating system|matching platform '?windows/i,
    examples: [
      'CannotStartContainerError: hcsshim::CreateComputeSystem 1a2b: The container operating system does not match the host operating system.',
      'CannotPullContainerError: no matching manifest for windows/amd64 10.0.20348 in the manifest list entries',
      'image operating system "linux" cannot be used on this platform',
    ],
  }),
  defineSignature({
    cause: 'image-arch-mismatch',
    keys: [
      'matching platform',
      'match for platform',
      'no matching manifest',
      'exec format',
      'image platform',
      "image's platform",
    ],
    pattern:
      /descriptor matching platform '?(?<name>[\w/.-]{3,40})|no match for platform in manifest|no matching manifest for (?<code>[\w/.-]{3,40})|exec format error|image'?s? platform .{0,60}does not match/i,
    not: /^exec \/\S{1,200}: exec format error$/i,
    examples: [
      "CannotPullContainerError: pull image manifest has been retried 1 time(s): image Manifest does not contain descriptor matching platform 'linux/arm64'",
      'CannotPullContainerError: no matching manifest for linux/arm64/v8 in the manifest list entries',
      'CannotStartContainerError: OCI runtime create failed: exec: "/app": exec format error: unknown',
    ],
  }),
  defineSignature({
    cause: 'image-reference-invalid',
    keys: [
      'reference format',
      'parse reference',
      'must be lowercase',
      'must be canonical',
      'checksum digest',
      'invalid image',
      'invalid tag format',
      'image name',
    ],
    pattern:
      /invalid reference format|(?:could not|failed to|cannot) parse (?:image )?reference|repository name must be (?:lowercase|canonical)|invalid (?:checksum digest format|tag format|image name|image reference)|image name .{0,100}is invalid/i,
    examples: [
      'CannotPullContainerError: invalid reference format: repository name must be lowercase',
      'CannotPullContainerError: failed to parse reference "registry.example.com//app:"',
    ],
  }),
  defineSignature({
    cause: 'image-disk-full',
    keys: ['no space left', 'not enough space', 'disk quota'],
    pattern: /no space left on device|not enough space on the disk|disk quota exceeded/i,
    and: /cannotpull|layer|getimageblob|tar file|unpack|pull/i,
    not: /cannotcreate|cannotstart/i,
    examples: [
      'CannotPullContainerError: write /var/lib/docker/tmp/GetImageBlob111111111: no space left on device',
      'CannotPullContainerError: ref pull has been retried 1 time(s): failed to extract layer sha256:aa: write /usr/lib/x.so: no space left on device: unknown',
    ],
  }),
  defineSignature({
    cause: 'image-pull-corrupt',
    keys: [
      'diffid',
      'verif',
      'unexpected eof',
      'invalid tar',
      'digest',
      'short read',
      'eof',
      'checksum',
      'size validation',
      'media type',
      'gzip',
      'archive/tar',
    ],
    pattern:
      /layers and diffids|layer verification failed|unexpected eof|unexpected commit digest|invalid tar header|archive\/tar:|failed size validation|(?:checksum|digest) mismatch|short read|gzip: invalid|unsupported media type|media type .{0,80}not supported|: eof\b/i,
    and: pulling,
    not: noAnswer,
    examples: [
      "CannotPullContainerError: ref pull has been retried 2 time(s): number of layers and diffIDs don't match: 7 != 9",
      'CannotPullContainerError: filesystem layer verification failed for digest sha256:aa',
      'CannotPullContainerError: failed to register layer: unexpected EOF',
    ],
  }),
  defineSignature({
    cause: 'image-pull-timeout',
    keys: [
      'inactivity',
      'timed out after waiting',
      'pull timeout',
      'could not transition to pulled',
      'while pulling',
    ],
    pattern:
      /inactivity time exceeded|could not transition to pulled\b|timeout while pulling|pull timeout|timed out after waiting/i,
    and: /pull/i,
    not: /pullbegin/i,
    examples: [
      'CannotPullContainerError: inactivity time exceeded timeout while pulling image',
      'DockerTimeoutError: Could not transition to pulled; timed out after waiting 2h0m0s',
    ],
  }),
  defineSignature({
    cause: 'image-layer-s3-unreachable',
    keys: ['starport', '.s3.', 's3-', 's3.', 'redacted ecr url', 'failed to copy', 'image configuration'],
    pattern:
      /starport-layer-bucket|[.-]s3[.-][\w.-]{0,40}amazonaws|redacted ecr url|image configuration|failed to copy: httprea\w{0,20}: failed open: failed to do request: get "?\d{12}\.dkr\.ecr\.(?<region>[a-z0-9-]{5,20})/i,
    and: noAnswer,
    not: noName,
    examples: [
      'CannotPullContainerError: error pulling image configuration: Get https://prod-us-west-2-starport-layer-bucket.s3.us-west-2.amazonaws.com/aa: dial tcp 52.218.0.1:443: i/o timeout',
      'CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: httpReadSeeker: failed open: failed to do request: Get 111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:2: dial tcp 52.218.0.1:443: i/o timeout',
    ],
  }),
  defineSignature({
    cause: 'image-registry-dns',
    keys: ['no such host', 'lookup ', 'name resolution', 'could not resolve'],
    pattern:
      /(?:lookup (?<host>[\w.-]{1,253})[^:]{0,60}: )?(?:no such host|server misbehaving|i\/o timeout)|temporary failure in name resolution|could not resolve/i,
    and: pulling,
    not: /dial tcp \d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}:\d{1,5}: i\/o timeout/i,
    examples: [
      'CannotPullContainerError: failed to do request: Head "https://regsitry.example.com/v2/app/manifests/1": dial tcp: lookup regsitry.example.com on 10.0.0.2:53: no such host',
      'CannotPullContainerError: Error response from daemon: Get https://111122223333.dkr.ecr.us-east-1.amazonaws.com/v2/: dial tcp: lookup 111122223333.dkr.ecr.us-east-1.amazonaws.com: Temporary failure in name resolution',
    ],
  }),
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
