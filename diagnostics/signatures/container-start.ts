import { defineSignature, type Signature } from './signature.ts';

/** What a container needs before its process can begin: other containers, memory, devices, a host with room. */
export const containerStartSignatures: readonly Signature[] = [
  defineSignature({
    cause: 'dependency-failed',
    keys: [
      'dependency graph',
      'dependencies cannot be resolved',
      'container ordering',
      'dependency will never',
      'dependency',
      'depends on',
    ],
    pattern:
      /container ordering dependency(?: \[(?<container>[\w-]{1,255}))?|dependency will never start|dependencies cannot be resolved|dependency graph|dependency container .{0,80}(?:exit|stop|fail)|(?:a |its )?dependency .{0,60}(?:failed|exited)|depends on .{0,80}(?:failed|exited|did not)/i,
    not: /module|package|npm|maven|gradle|unhealthy|healthy/i,
    examples: [
      'CannotStartContainerError: dependency graph: failed to resolve container ordering dependency [init(app) (STOPPED->RUNNING) - Exit: 1] for target [web(app) (NONE->RUNNING)] because dependency will never start',
      'Task dependencies cannot be resolved, taskArn: arn:aws:ecs:us-east-1:111122223333:task/prod/0abc',
    ],
  }),
  defineSignature({
    cause: 'dependency-unhealthy',
    keys: ['healthy', 'ordering dependency', 'starttimeout', 'start timeout'],
    pattern:
      /dependency.{0,120}(?:unhealthy|healthy)|(?:unhealthy|healthy).{0,80}dependency|depends on .{0,80}healthy|timed out waiting for dependenc|container ordering.{0,200}healthy/i,
    examples: [
      'CannotStartContainerError: dependency graph: container web depends on db to be HEALTHY, which is unhealthy',
      'dependency db did not become HEALTHY within its startTimeout',
    ],
  }),
  defineSignature({
    cause: 'oom-task',
    keys: ['task killed', 'task memory', 'task out of memory', 'task was killed'],
    pattern:
      /outofmemory\w{0,8}:? ?task\b|task (?:was )?killed due to memory|task memory (?:limit )?(?:exceeded|exhausted|reached)|task (?:ran )?out of memory/i,
    examples: ['OutOfMemoryError: Task killed due to memory usage', 'task memory limit exceeded'],
  }),
  defineSignature({
    cause: 'oom-container',
    keys: [
      'oom-killed',
      'oom killed',
      'outofmemory',
      'memory limit too low',
      'minimum memory',
      'due to memory usage',
    ],
    pattern:
      /container init was oom-killed|oom-?killed|outofmemoryerror: ?container killed|^outofmemoryerror\W{0,3}$|killed due to memory usage|memory limit too low/i,
    not: /oomkilled"?: ?false|out of memory: killed process|memory cgroup/i,
    examples: [
      'OutOfMemoryError: Container killed due to memory usage',
      'OutOfMemoryError',
      'CannotStartContainerError: OCI runtime create failed: runc create failed: unable to start container process: container init was OOM-killed (memory limit too low?): unknown',
    ],
  }),
  defineSignature({
    cause: 'gpu-runtime-failed',
    keys: ['nvidia', 'gpu', 'cuda', 'prestart hook', 'libcuda', 'neuron'],
    pattern:
      /nvidia[\w-]{0,40}|running prestart hook|could not select device driver|cuda driver|libcuda|\bgpu\b.{0,80}(?:fail|error|impaired|not)/i,
    and: /cannotstart|cannotcreate|oci runtime|daemon|hook|runtime|driver|impaired/i,
    not: /placement|requirements|insufficient|resource:gpu|deprecated|warning/i,
    examples: [
      'CannotStartContainerError: OCI runtime create failed: nvidia-container-cli: initialization error: nvml error: driver not loaded: unknown',
      'CannotCreateContainerError: could not select device driver "nvidia" with capabilities: [[gpu]]',
    ],
  }),
  defineSignature({
    cause: 'device-missing',
    keys: ['device', '/dev/'],
    pattern:
      /custom device "?(?<name>\/dev\/[\w./-]{1,100})?|(?:device|\/dev\/[\w./-]{1,100})"?:? .{0,40}(?:no such file|no such device|not found|does not exist)|not a device node/i,
    not: /no space left|\/dev\/(?:shm|std|null|termination)|tls: |cgroup/i,
    examples: [
      'CannotStartContainerError: error gathering device information while adding custom device "/dev/fuse": no such file or directory',
    ],
  }),
  defineSignature({
    cause: 'pause-image-missing',
    keys: ['pause'],
    pattern:
      /no such image:? ?\S{0,60}pause|pause (?:image|container).{0,80}(?:not found|missing|no such|unable|fail)|(?:unable|failed|no such).{0,80}ecs-pause/i,
    examples: [
      'CannotCreateContainerError: Error: No such image: amazon/amazon-ecs-pause:0.1.0',
      'unable to load pause image: amazon-ecs-pause.tar missing',
    ],
  }),
  defineSignature({
    cause: 'host-disk-full',
    keys: ['thin pool', 'no space left', 'disk is full', 'not enough space'],
    pattern: /thin pool has|no space left on device|not enough space on the disk/i,
    and: /cannotcreate|cannotstart|devmapper|daemon|mkdir|overlay2|containerd|agent/i,
    not: /cannotpull|layer|traceback|errno/i,
    examples: [
      'CannotCreateContainerError: Error response from daemon: mkdir /var/lib/docker/overlay2/ab-init: no space left on device',
      'CannotCreateContainerError: API error (500): devmapper: Thin Pool has 4350 free data blocks which is less than minimum required 4454 free data blocks',
    ],
  }),
  defineSignature({
    cause: 'container-start-timeout',
    keys: ['transition to running', 'start timeout', 'starttimeout', 'transition to started'],
    pattern: /could not transition to (?:running|started)|start ?timeout.{0,40}(?:exceeded|reached|expired)/i,
    rivals: ['logs-endpoint-unreachable'],
    status: 'likely',
    decide:
      'aws ec2 describe-vpc-endpoints --filters Name=service-name,Values=com.amazonaws.REGION.logs, and the route table of the task subnet',
    examples: [
      'DockerTimeoutError: Could not transition to started; timed out after waiting 3m0s',
      'ContainerRuntimeTimeoutError: Could not transition to running; timed out after waiting 1m',
    ],
  }),
  defineSignature({
    cause: 'docker-daemon-unresponsive',
    keys: [
      'pullbegin',
      'devicemapper',
      'docker daemon',
      'could not transition',
      'docker.sock',
      'containerd.sock',
      'cannot connect to',
      'dockertimeout',
      'daemon',
      'list containers',
    ],
    pattern:
      /transition to pullbegin|devicemapper|dm_task|cannot connect to the docker daemon|docker\.sock|containerd\.sock|docker (?:daemon|endpoint)?.{0,30}(?:not responding|unresponsive|is not running|timed out)|could not transition to (?:created|stopped|inspecting)|dockertimeouterror|containerd: .{0,30}unavailable/i,
    not: /transition to running|traceback|\bstat\b/i,
    examples: [
      'DockerTimeoutError: Could not transition to created; timed out after waiting 4m0s',
      'CannotCreateContainerError: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    ],
  }),
];
