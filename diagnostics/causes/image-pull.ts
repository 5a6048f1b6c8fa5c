import type { Cause, FixNames } from './cause.ts';
import { cause } from './define.ts';
import { ecrOf, ecrOptions, repositoryArn } from './ecr.ts';
import { allow, goBack, inContainer, interfaceEndpoint, none, revise, roleName } from './fixes.ts';

const readActions = [
  'ecr:BatchGetImage',
  'ecr:GetDownloadUrlForLayer',
  'ecr:BatchCheckLayerAvailability',
] as const;

function setImage(n: FixNames): string {
  return revise(n, `${inContainer(n)}.image = "IMAGE"`);
}

/** Group 1: the image and the way to it. */
export const imagePullCauses: readonly Cause[] = [
  cause('image-not-found', 'image tag not found', {
    stage: 4,
    owner: 'image',
    meaning: 'The repository, tag or digest that the task definition names is not in the registry.',
    confirm:
      'ecr:DescribeImages and ecr:DescribeRepositories for exactly that reference, in its own account and region.',
    next: ['image', 'revision-change'],
    fix: (n) => ({
      summary: `Push ${n.image ?? 'the missing tag'}, or go back to ${n.lastGoodRevision ?? 'a revision'} whose image exists.`,
      cli: `${ecrOf(n).elsewhere ? '' : `aws ecr list-images ${ecrOptions(n)} --filter tagStatus=TAGGED\n`}${goBack(n)}`,
    }),
  }),
  cause('image-ecr-permission', 'its role may not pull from ECR', {
    stage: 4,
    owner: 'execution-role',
    meaning:
      'The role that pulls (the execution role; on EC2 without one the instance role) lacks a right to read the repository.',
    confirm: 'A simulation of the three reading actions for that role and repository.',
    next: ['image'],
    fix: (n) => ({
      summary: `Allow ${n.action ?? 'the three reading actions of ECR'} to ${n.executionRoleArn ?? 'the execution role'}; the managed policy AmazonECSTaskExecutionRolePolicy holds them.`,
      ...allow(roleName(n.executionRoleArn, 'EXECUTION_ROLE'), readActions, repositoryArn(n)),
    }),
  }),
  cause('image-ecr-repo-policy', "the image's account does not admit it", {
    stage: 4,
    owner: 'image',
    meaning:
      'The image belongs to another account, or its repository has a policy, and neither admits the role that pulls.',
    confirm: 'ecr:GetRepositoryPolicy in the account of the image, whose number stands in its address.',
    next: ['image'],
    fix: (n) => ({
      summary: `In the account that owns ${ecrOf(n).repository ?? 'the repository'}, admit the account or the role that pulls.`,
      terraform: `resource "aws_ecr_repository_policy" "pull" {
  repository = "${ecrOf(n).repository ?? 'REPOSITORY'}"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = "${n.executionRoleArn ?? `arn:aws:iam::${n.account ?? 'TASK_ACCOUNT'}:root`}" }, Action = [${readActions.map((action) => `"${action}"`).join(', ')}] }]
  })
}`,
      cli: `aws ecr set-repository-policy ${ecrOptions(n)} --policy-text file://policy.json`,
    }),
  }),
  cause('image-vpce-policy-denied', 'a VPC endpoint policy blocks the pull', {
    stage: 4,
    owner: 'network',
    meaning:
      'The policy of a VPC endpoint, not IAM, refuses the call to ECR or to the S3 bucket of the layers.',
    confirm: 'The policy documents of the endpoints ecr.api, ecr.dkr and s3 in the VPC of the task.',
    next: ['network'],
    fix: (n) => ({
      summary: `Let the endpoint policy admit ${n.action ?? 'the ECR actions'} for the repository, and the S3 endpoint the bucket prod-${n.region ?? 'REGION'}-starport-layer-bucket.`,
      cli: 'aws ec2 modify-vpc-endpoint --vpc-endpoint-id VPC_ENDPOINT_ID --policy-document file://policy.json',
    }),
  }),
  cause('image-registry-auth', 'the registry refuses its credentials', {
    stage: 4,
    owner: 'task-definition',
    meaning:
      'A private registry outside ECR refused the user and password, or got none; some also answer so for an image that does not exist.',
    confirm: 'repositoryCredentials of the container definition and the secret it names.',
    next: ['image'],
    fix: (n) => ({
      summary:
        'Point repositoryCredentials at a secret with a valid user name and password for that registry, and let the execution role read it.',
      terraform: 'repositoryCredentials = { credentialsParameter = "SECRET_ARN" }',
      cli: revise(n, `${inContainer(n)}.repositoryCredentials = {"credentialsParameter": "SECRET_ARN"}`),
    }),
  }),
  cause('image-rate-limited', 'the registry limits its pulls', {
    stage: 4,
    owner: 'image',
    meaning: 'The registry counted too many pulls, often by everybody behind one NAT address.',
    confirm: 'The host of the image is Docker Hub or ECR Public; other tasks fail in the same minutes.',
    next: ['image', 'stopped-tasks'],
    fix: (n) => ({
      summary:
        'Keep a copy in private ECR through a pull-through cache, or pull with an account of the registry.',
      terraform: `resource "aws_ecr_pull_through_cache_rule" "docker_hub" {
  ecr_repository_prefix = "docker-hub"
  upstream_registry_url = "registry-1.docker.io"
  credential_arn        = "SECRET_ARN"
}`,
      cli: `aws ecr create-pull-through-cache-rule --ecr-repository-prefix docker-hub --upstream-registry-url registry-1.docker.io --credential-arn SECRET_ARN${n.region ? ` --region ${n.region}` : ''}`,
    }),
  }),
  cause('image-registry-unreachable', 'cannot reach the image registry', {
    stage: 4,
    owner: 'network',
    meaning: 'The network interface of the task, or the host, has no way to the registry.',
    confirm:
      'Route table of the subnet, public address, NAT gateway, the endpoints ecr.api and ecr.dkr, egress on 443.',
    next: ['network', 'image'],
    fix: (n) => ({
      summary:
        'Give the subnet a NAT route, the task a public address with an internet gateway, or the VPC the endpoints ecr.api and ecr.dkr with the S3 gateway.',
      ...interfaceEndpoint(n, 'ecr.dkr'),
    }),
  }),
  cause('image-layer-s3-unreachable', "cannot fetch the image's layers from S3", {
    stage: 4,
    owner: 'network',
    meaning: 'The manifest came from ECR, but the layers lie in S3, which the task cannot reach.',
    confirm: 'An S3 gateway endpoint in the route table of the failing subnet, and its policy.',
    next: ['network'],
    fix: (n) => ({
      summary:
        'Put an S3 gateway endpoint into the route tables of the task subnets, and let it pass the layer bucket.',
      terraform: `resource "aws_vpc_endpoint" "s3" {
  vpc_id          = "VPC_ID"
  service_name    = "com.amazonaws.${n.region ?? 'REGION'}.s3"
  route_table_ids = ["TASK_ROUTE_TABLE_ID"]
}`,
      cli: `aws ec2 create-vpc-endpoint --vpc-id VPC_ID --service-name com.amazonaws.${n.region ?? 'REGION'}.s3 --route-table-ids TASK_ROUTE_TABLE_ID`,
    }),
  }),
  cause('image-registry-dns', "the registry's name does not resolve", {
    stage: 4,
    owner: 'network',
    meaning: 'The host in the image address is misspelt, or the VPC cannot resolve names.',
    confirm:
      'The host in the text against the real registry; enableDnsSupport and enableDnsHostnames; DHCP options.',
    next: ['network', 'image'],
    fix: (n) => ({
      summary: `Correct the host${n.host ? ` ${n.host}` : ''} in the image address, or let the VPC resolve names again.`,
      terraform: 'enable_dns_support   = true\nenable_dns_hostnames = true # of the aws_vpc',
      cli: 'aws ec2 modify-vpc-attribute --vpc-id VPC_ID --enable-dns-support',
    }),
  }),
  cause('image-reference-invalid', 'its image address is not valid', {
    stage: 4,
    owner: 'task-definition',
    meaning: 'The image string cannot be read: an empty tag, an upper-case letter, a space, a broken digest.',
    confirm: 'The image of the container definition.',
    next: ['revision-change'],
    fix: (n) => ({
      summary:
        'Write the image as registry/repository:tag without an empty part; a variable of the pipeline is often what is empty.',
      cli: setImage(n),
    }),
  }),
  cause('image-arch-mismatch', 'image is built for another CPU', {
    stage: 4,
    owner: 'image',
    meaning:
      'The image holds nothing for the architecture that the task runs on, or its program is for another one.',
    confirm: 'runtimePlatform.cpuArchitecture (X86_64 when absent) against the platforms in the manifest.',
    next: ['image', 'revision-change'],
    fix: (n) => ({
      summary: `Build ${n.image ?? 'the image'} for the architecture of the task${n.name ? ` (${n.name})` : ''}, or set runtimePlatform to that of the image.`,
      terraform:
        'runtime_platform {\n  cpu_architecture        = "ARM64" # or X86_64, as the image is\n  operating_system_family = "LINUX"\n}',
      cli: `docker buildx build --platform linux/amd64,linux/arm64 --tag ${n.image ?? 'IMAGE'} --push .`,
    }),
  }),
  cause('image-os-mismatch', 'image is built for another Windows or OS', {
    stage: 4,
    owner: 'image',
    meaning: 'A Windows image needs its own release of the host, or Linux and Windows were mixed.',
    confirm: 'runtimePlatform.operatingSystemFamily and platformFamily against os.version of the image.',
    next: ['image'],
    fix: (n) => ({
      summary: 'Use the tag of the image that was built for the Windows Server release of the task.',
      terraform: 'runtime_platform {\n  operating_system_family = "WINDOWS_SERVER_2022_CORE"\n}',
      cli: setImage(n),
    }),
  }),
  cause('image-disk-full', 'no disk space to unpack the image', {
    stage: 4,
    owner: 'task-definition',
    meaning: 'The image did not fit on the disk when it was pulled or unpacked.',
    confirm: 'Fargate: ephemeralStorage against the unpacked size. EC2: free space of the instance.',
    next: ['image', 'capacity'],
    fix: (n) => ({
      summary:
        'Enlarge ephemeralStorage (Fargate) or the volume of the instance and its image clean-up (EC2), or make the image smaller.',
      terraform: 'ephemeral_storage {\n  size_in_gib = 50\n}',
      cli: revise(n, '.ephemeralStorage = {"sizeInGiB": 50}'),
    }),
  }),
  cause('image-pull-corrupt', 'the image arrived damaged', {
    stage: 4,
    severity: 'warn',
    owner: 'image',
    meaning:
      'Layers and configuration disagree, or the stream broke; a bad push, a proxy, or a passing fault of the registry.',
    confirm: 'The same digest pulled elsewhere; other tasks that start from it.',
    next: ['image', 'stopped-tasks'],
    fix: () => ({
      summary: 'Try again if other tasks start from the same digest; otherwise push the image anew.',
      cli: 'docker buildx imagetools inspect IMAGE',
    }),
  }),
  cause('image-pull-timeout', 'pulling the image took too long', {
    stage: 4,
    owner: 'network',
    meaning: 'The pull began and stalled, or ran past the limit of the agent.',
    confirm: 'pullStartedAt and pullStoppedAt, the size of the image, the way it takes.',
    next: ['image', 'network'],
    fix: none(
      'Make the image smaller or the way to it faster (endpoints instead of a NAT gateway); raise ECS_IMAGE_PULL_INACTIVITY_TIMEOUT only after that.',
    ),
  }),
  cause('image-pull-failed-unclear', 'image pull failed without a clear reason', {
    stage: 4,
    owner: 'image',
    meaning: 'The pull failed, and the text was cut or names no cause.',
    confirm: 'In this order: the image exists, the role may pull it, the subnet reaches ECR and S3.',
    next: ['image'],
    fix: (n) => ({
      summary: 'Check in this order: the image exists, the role may pull it, the subnet reaches ECR and S3.',
      ...(!ecrOf(n).elsewhere && {
        cli: `aws ecr describe-images ${ecrOptions(n)} --image-ids imageTag=${ecrOf(n).tag ?? 'TAG'}`,
      }),
    }),
  }),
];
