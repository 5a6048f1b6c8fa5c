import { noAnswer, noName, pulling } from './faults.ts';
import { defineSignature, type Signature } from './signature.ts';

/** Pull errors that tell what is wrong with the image, its layers or the way to them. */
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
];
