import { defineSignature, type Signature } from './signature.ts';

/** The process itself: what Docker, containerd, runc and the agent say when it cannot begin or has ended. */
export const containerProcessSignatures: readonly Signature[] = [
  defineSignature({
    cause: 'port-conflict',
    keys: [
      'port is already',
      'address already in use',
      'already allocated',
      'port conflict',
      'bind for',
      'ports are not available',
    ],
    pattern:
      /bind for [\d.:[\]]{3,45}?:?(?<port>\d{1,5}) failed|port is already allocated|address already in use|port conflict|ports are not available|conflicting port/i,
    and: /cannotstart|cannotcreate|daemon|driver failed|endpoint|hostport|host port|container ?port|port mapping/i,
    examples: [
      'CannotStartContainerError: Error response from daemon: driver failed programming external connectivity on endpoint ecs-web: Bind for 0.0.0.0:8080 failed: port is already allocated',
      'CannotStartContainerError: API error (500): listen tcp 0.0.0.0:80: bind: address already in use',
    ],
  }),
  defineSignature({
    cause: 'gmsa-credentials-failed',
    keys: ['credentialspec', 'credential spec', 'gmsa', 'kerberos', 'domain controller', 'domainless'],
    pattern: /credential ?specs?|gmsa|kerberos ticket|domain controller|domainless/i,
    not: /kinit: .{0,40}app/i,
    examples: [
      'Unsupported credentialspec ARN, only s3/ssm ARNs are valid',
      'ResourceInitializationError: failed to create gMSA kerberos ticket: cannot contact domain controller',
    ],
  }),
  defineSignature({
    cause: 'service-connect-unhealthy',
    keys: ['service connect', 'serviceconnect', 'envoy_xds', 'ecs-service-connect', 'appnet', 'ecs:poll'],
    pattern:
      /service ?connect (?:config validation failed|container|agent|proxy|image)|ecs-service-connect[\w-]{0,20}|envoy_xds|appnet[\w-]{0,20}|perform ecs:poll/i,
    not: /namespace .{0,60}not found/i,
    examples: [
      'Service connect config validation failed: no service connect container found in the task',
      'gRPC config stream to unix:///var/run/ecs/relay/envoy_xds.sock closed: 14, connection error',
    ],
  }),
  defineSignature({
    cause: 'entrypoint-not-executable',
    keys: ['permission denied', 'is a directory', 'not executable'],
    pattern:
      /exec:? "?(?<name>[\w./ -]{1,200})"?: (?:permission denied|is a directory)|(?:starting|start) container process.{0,200}permission denied|not executable/i,
    not: /\/dev\/|docker\.sock|mount/i,
    examples: [
      'CannotStartContainerError: OCI runtime create failed: unable to start container process: exec: "./run.sh": permission denied: unknown',
    ],
  }),
  defineSignature({
    cause: 'entrypoint-not-found',
    keys: [
      'not found in $path',
      'no such file or directory',
      'not found',
      'cannot find the file',
      'cannot find the path',
      'no command specified',
      'chdir to cwd',
    ],
    pattern:
      /exec:? "?(?<name>[^"]{1,400}?)"?: (?:executable file not found|stat|no such file)|executable file not found|no such file or directory|cannot find the (?:file|path) specified|no command specified|chdir to cwd/i,
    and: /exec|oci runtime|container process|createprocess|no command specified|chdir|hcs|entrypoint|entry point/i,
    not: /\/dev\/|efs|mount\.nfs|traceback|enoent|runtime exec failed/i,
    examples: [
      'CannotStartContainerError: OCI runtime create failed: container_linux.go:370: starting container process caused: exec: "npm start": executable file not found in $PATH: unknown',
      'CannotStartContainerError: failed to create shim task: OCI runtime create failed: exec: "/app/start": stat /app/start: no such file or directory: unknown',
      'CannotCreateContainerError: Error response from daemon: No command specified',
    ],
  }),
  defineSignature({
    cause: 'container-stop-failed',
    keys: ['cannotstopcontainer', 'failed sending sigterm', 'transition to stopped', 'cannotkill'],
    pattern: /cannotstopcontainer\w{0,8}|failed sending sig(?:term|kill)|cannotkillcontainer/i,
    examples: [
      'CannotStopContainerError: API error (500): Cannot stop container 0a1b: [2] Container does not exist',
      'CannotStopContainerError: failed sending SIGTERM to container: process already finished',
    ],
  }),
  defineSignature({
    cause: 'exit-unknown',
    keys: ['containervanished', 'no container matching'],
    pattern: /containervanished\w{0,8}|no container matching saved id/i,
    severity: 'warn',
    owner: 'capacity',
    examples: ['ContainerVanishedError: No container matching saved ID found'],
  }),
  defineSignature({
    cause: 'exit-unknown',
    keys: ['essential container in task exited'],
    pattern: /essential container in task exited/i,
    status: 'open',
    decide:
      "aws ecs describe-tasks --cluster CLUSTER --tasks TASK --query 'tasks[].containers[].[name,exitCode,reason]'",
    examples: ['Essential container in task exited'],
  }),
  defineSignature({
    cause: 'task-cancelled-before-pull',
    keys: [
      'stopped before',
      'cancelled before',
      'canceled before',
      'taskstoppedbeforepull',
      'before the pull',
      'before pull',
    ],
    pattern: /(?:stopped|cancell?ed) before (?:the )?(?:image )?pull|taskstoppedbeforepull/i,
    examples: [
      'TaskStoppedBeforePullBeginError: Task stopped before pull began',
      'Task was stopped before image pull began',
    ],
  }),
];
