import type { Cause } from './cause.ts';
import { cause } from './define.ts';
import { container, drain, inContainer, none, revise } from './fixes.ts';

/** Group 6: from "create" to "running". */
export const containerStartCauses: readonly Cause[] = [
  cause('entrypoint-not-found', 'command not found in the image', {
    stage: 5,
    owner: 'task-definition',
    meaning: 'The command or entry point names a file that the image does not hold, or that a volume covers.',
    confirm:
      'command and entryPoint of the definition, the configuration of the image, mountPoints over the same path.',
    next: ['image', 'revision-change'],
    fix: (n) => ({
      summary: `Correct command or entryPoint of ${container(n)}${n.name ? ` (${n.name} is not there)` : ''}: one array element per word, and a path that no volume covers.`,
      terraform: 'entryPoint = ["PROGRAM"]\ncommand    = ["ARGUMENT"]',
      cli: revise(n, `${inContainer(n)} |= (.entryPoint = ["PROGRAM"] | .command = ["ARGUMENT"])`),
    }),
  }),
  cause('entrypoint-not-executable', 'entry file is not executable', {
    stage: 5,
    owner: 'image',
    meaning: 'The entry file is in the image, but may not be executed.',
    confirm: 'Mode of the file in the image.',
    next: ['image', 'revision-change'],
    fix: (n) => ({
      summary: `Set the execute bit of ${n.name ?? 'the entry file'} when the image is built, or start it through its interpreter.`,
      cli: revise(n, `${inContainer(n)}.entryPoint = ["sh", "${n.name ?? 'FILE'}"]`),
    }),
  }),
  cause('device-missing', 'host lacks the device it asks for', {
    stage: 5,
    owner: 'task-definition',
    meaning: 'linuxParameters asks for a device that the host does not have.',
    confirm: 'linuxParameters.devices against the instance type.',
    next: ['revision-change', 'capacity'],
    fix: (n) => ({
      summary: `Take ${n.name ?? 'the device'} out of the definition, or run the task on instances that have it.`,
      cli: revise(n, `del(${inContainer(n)}.linuxParameters.devices)`),
    }),
  }),
  cause('gpu-runtime-failed', 'GPU runtime of the host failed', {
    stage: 5,
    owner: 'capacity',
    meaning: 'The driver or runtime for GPUs is absent from the instance, or does not fit.',
    confirm: 'AMI of the instance, its registered GPUs, and its health status ACCELERATED_COMPUTE.',
    next: ['capacity'],
    fix: (n) => ({
      summary:
        'Use the ECS GPU-optimized AMI that fits the instance type, and replace the instance; keep tasks without GPU off it.',
      cli: `aws ssm get-parameter --name /aws/service/ecs/optimized-ami/amazon-linux-2023/gpu/recommended/image_id --query Parameter.Value\n${drain(n)}`,
    }),
  }),
  cause('gpu-not-registered', 'instance registered without its GPU', {
    stage: 1,
    owner: 'capacity',
    meaning: 'The instance joined the cluster without a GPU, so GPU tasks wait for ever.',
    confirm: 'registeredResources holds no GPU while agentConnected is true.',
    next: ['capacity'],
    fix: (n) => ({
      summary: 'Replace the instance by one whose AMI knows its GPU.',
      terraform: '# launch template\nimage_id = data.aws_ssm_parameter.ecs_gpu_ami.value',
      cli: drain(n),
    }),
  }),
  cause('container-start-timeout', 'container did not start in time', {
    stage: 5,
    owner: 'network',
    meaning:
      'The container was created and did not come up in time; with awslogs the usual reason is that CloudWatch Logs cannot be reached.',
    confirm: 'The log driver and the way to CloudWatch Logs; otherwise the load of the host.',
    next: ['network', 'capacity', 'revision-change'],
    fix: (n) => ({
      summary: `Check the way from the task to CloudWatch Logs first, then the load on the host and startTimeout of ${container(n)}.`,
      cli: revise(n, `${inContainer(n)}.startTimeout = 120`),
    }),
  }),
  cause('docker-daemon-unresponsive', 'container runtime of the host hangs', {
    stage: 5,
    owner: 'capacity',
    meaning: 'Docker or containerd on the instance does not answer.',
    confirm: 'Health status CONTAINER_RUNTIME of the container instance; several tasks that fail on it.',
    next: ['capacity', 'stopped-tasks'],
    fix: (n) => ({ summary: 'Drain and replace the instance, and look at its disk and I/O.', cli: drain(n) }),
  }),
  cause('port-conflict', 'host port is already taken', {
    stage: 5,
    owner: 'task-definition',
    meaning: 'Another container has the host or container port.',
    confirm: 'networkMode, hostPort, and the other tasks of the instance.',
    next: ['revision-change', 'capacity'],
    fix: (n) => ({
      summary: `Let ECS choose the host port${n.port ? ` instead of ${n.port}` : ''} (hostPort 0), or use awsvpc.`,
      terraform: `portMappings = [{ containerPort = ${n.port ?? 'PORT'}, hostPort = 0 }]`,
      cli: revise(n, `${inContainer(n)}.portMappings[0].hostPort = 0`),
    }),
  }),
  cause('pause-image-missing', 'ECS pause image is gone from the host', {
    stage: 5,
    owner: 'capacity',
    meaning:
      'The image of the pause container was removed from the instance, so no awsvpc task starts on it.',
    confirm: 'Every awsvpc task of one instance fails; the agent log of that instance.',
    next: ['capacity', 'stopped-tasks'],
    fix: (n) => ({
      summary:
        'Restart the ECS agent of the instance, which loads the image again, and stop pruning all images there.',
      cli: `aws ssm send-command --document-name AWS-RunShellScript --instance-ids INSTANCE_ID --parameters 'commands=["systemctl restart ecs"]'\n${drain(n)}`,
    }),
  }),
  cause('host-disk-full', "host's disk is full", {
    stage: 5,
    owner: 'capacity',
    meaning: 'The instance has no room left for containers.',
    confirm: 'Free space of the instance, images that remain on it, size of its volume.',
    next: ['capacity'],
    fix: (n) => ({
      summary:
        'Enlarge or clean the volume of the instance, and let the agent clean images up sooner (ECS_IMAGE_CLEANUP_INTERVAL).',
      terraform: 'block_device_mappings {\n  device_name = "/dev/xvda"\n  ebs { volume_size = 100 }\n}',
      cli: drain(n),
    }),
  }),
  cause('dependency-failed', 'a container it depends on failed', {
    stage: 5,
    owner: 'application',
    meaning:
      'A container never ran because the one it depends on failed; the 143 that ECS writes on it is not its own.',
    confirm: 'dependsOn of the definition, and exit code and log of the other container.',
    next: ['crash-log', 'revision-change'],
    fix: (n) => ({
      summary: `Repair ${n.container ?? 'the container that is depended on'} first: its exit code${n.exitCode ? ` ${n.exitCode}` : ''} and its log hold the cause.`,
    }),
  }),
  cause('dependency-unhealthy', 'waits for a container to become healthy', {
    stage: 5,
    owner: 'application',
    meaning:
      'A dependsOn condition HEALTHY is never met, or the other container has no health check that could meet it.',
    confirm: 'healthCheck and healthStatus of the container that is depended on; startTimeout.',
    next: ['revision-change', 'crash-log', 'health'],
    fix: (n) => ({
      summary: `Give ${n.container ?? 'the container that is depended on'} a health check that works, or depend on START or SUCCESS.`,
      terraform: `healthCheck = { command = ["CMD-SHELL", "COMMAND || exit 1"], interval = 10, retries = 3, startPeriod = 30 }`,
      cli: revise(
        n,
        `${inContainer(n)}.healthCheck = {"command": ["CMD-SHELL", "COMMAND || exit 1"], "startPeriod": 30}`,
      ),
    }),
  }),
  cause('runtime-internal-error', 'container runtime failed internally', {
    stage: 5,
    severity: 'warn',
    owner: 'aws',
    meaning: 'containerd, Docker or the agent failed by themselves.',
    confirm: 'How often, on which platform version and instance.',
    next: ['stopped-tasks', 'capacity'],
    fix: none('Let the service try again; open a support case with the ARN of the task if it repeats.'),
  }),
  cause('container-stop-failed', 'runtime could not stop it', {
    stage: 0,
    severity: 'warn',
    owner: 'capacity',
    meaning: 'The runtime did not manage to stop the container in time; ECS treats the task as stopped.',
    confirm: 'Agent log, load of the host, I/O that cannot be interrupted.',
    next: ['capacity'],
    fix: (n) => ({ summary: 'Replace the instance if it repeats.', cli: drain(n) }),
  }),
  cause('gmsa-credentials-failed', 'gMSA credentials are not available', {
    stage: 5,
    owner: 'task-definition',
    meaning: 'The credential spec or the account for Active Directory cannot be fetched or used.',
    confirm:
      'credentialSpecs of the definition, the rights of the execution role, the way to the domain controller.',
    next: ['revision-change', 'iam', 'network'],
    fix: (n) => ({
      summary: 'Name the credential spec by an S3 or SSM ARN, and let the execution role read it.',
      cli: revise(n, `${inContainer(n)}.credentialSpecs = ["credentialspec:SSM_OR_S3_ARN"]`),
    }),
  }),
  cause('task-cancelled-before-pull', 'stopped while it was starting', {
    stage: 0,
    severity: 'info',
    owner: 'nothing',
    meaning: 'The task was stopped before it had started; the pull error is only the trace of that.',
    confirm: 'stopCode of the task, and another deployment at that time.',
    next: ['stopped-tasks', 'deployments'],
    fix: none('Nothing has to be changed; see why the task was stopped instead.'),
  }),
];
