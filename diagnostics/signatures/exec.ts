import { defineSignature, type Signature } from './signature.ts';

const onlyExec = ['exec.error'] as const;

/** ECS Exec, from the caller's terminal to the agent in the task. */
export const execSignatures: readonly Signature[] = [
  defineSignature({
    cause: 'exec-plugin-missing',
    keys: ['sessionmanagerplugin', 'session manager plugin', 'session-manager-plugin'],
    pattern: /session ?-?manager ?-?plugin.{0,40}(?:not found|not installed|cannot|missing)?/i,
    examples: [
      'SessionManagerPlugin is not found. Please refer to SessionManager Documentation here: http://docs.aws.amazon.com/console/systems-manager/session-manager-plugin-not-found',
      '[Errno 2] No such file or directory: session-manager-plugin',
    ],
  }),
  defineSignature({
    cause: 'exec-not-enabled',
    keys: ['execute command was not enabled', 'not enabled'],
    pattern:
      /execute command was not enabled|enableexecutecommand.{0,40}(?:false|not)|exec(?:ute command)? is not enabled/i,
    examples: [
      "The execute command failed because execute command was not enabled when the task was run or the execute command agent isn't running.",
    ],
  }),
  defineSignature({
    cause: 'exec-target-not-connected',
    keys: ['targetnotconnected', 'is not connected', 'not connected'],
    pattern: /targetnotconnected\w{0,10}|is not connected\.?$/i,
    and: /exec|session|ecs:|target/i,
    examples: [
      'An error occurred (TargetNotConnectedException) when calling the ExecuteCommand operation: The execute command failed due to an internal error. Try again later.',
    ],
  }),
  defineSignature({
    cause: 'exec-target-not-connected',
    keys: ['ssmmessages'],
    pattern: /ssmmessages/i,
    status: 'likely',
    examples: [
      'User: arn:aws:sts::111122223333:assumed-role/appTaskRole/1 is not authorized to perform: ssmmessages:CreateControlChannel on resource: *',
    ],
  }),
  defineSignature({
    cause: 'exec-caller-denied',
    keys: ['ecs:executecommand', 'executecommand', 'ssm:startsession', 'startsession', 'generatedatakey'],
    pattern:
      /perform: (?<action>ecs:ExecuteCommand|ssm:StartSession|kms:GenerateDataKey\w{0,20})|access ?denied.{0,120}(?:executecommand|startsession)|(?:executecommand|startsession).{0,160}(?:access ?denied|not authorized)/i,
    examples: [
      'An error occurred (AccessDeniedException) when calling the ExecuteCommand operation: User: arn:aws:iam::111122223333:user/dev is not authorized to perform: ecs:ExecuteCommand on resource: arn:aws:ecs:us-east-1:111122223333:task/prod/0abc',
    ],
  }),
  defineSignature({
    cause: 'exec-agent-stopped',
    keys: ['executecommandagent', 'execute command agent', 'ssm agent', 'amazon-ssm-agent'],
    pattern:
      /unable to start executecommandagent|executecommandagent.{0,80}(?:exit|stopp|fail|unable)|(?:execute command|ssm) agent.{0,60}(?:isn't|is not|not) running|amazon-ssm-agent.{0,60}(?:exit|stopp|fail)/i,
    examples: [
      'unable to start ExecuteCommandAgent [start]: Error response from daemon',
      'ExecuteCommandAgent process exited with exit code: 2',
      'ExecuteCommandAgent: lastStatus STOPPED',
    ],
  }),
  defineSignature({
    cause: 'exec-task-not-running',
    keys: ['not running', 'not found', 'task', 'stopped', 'invalidparameter'],
    where: onlyExec,
    pattern:
      /task (?:\S{1,200} )?(?:was |is )?(?:not (?:in (?:the |a )?)?(?:running|found)|stopped|in (?:the )?stopped)|container (?:\S{1,200} )?(?:is )?not running|no running tasks?|task(?: with)? .{0,80}not found|must be (?:in (?:the )?)?running|status .{0,20}is not running/i,
    not: /agent|sh: /i,
    examples: [
      'InvalidParameterException: The specified task was not found or is not running: task is not running',
      'An error occurred (InvalidParameterException) when calling the ExecuteCommand operation: task not found',
    ],
  }),
  defineSignature({
    cause: 'exec-shell-missing',
    keys: ['start pty', 'oci runtime exec failed'],
    pattern:
      /(?:failed to start pty.{0,40}?exec:? |oci runtime exec failed.{0,200}?exec: "?)(?<name>(?:[\w./-]{0,100}\/)?(?:\w{0,3}sh|pwsh|powershell|cmd)(?:\.exe)?)"?:.{0,80}(?:no such file|not found)/i,
    examples: [
      'Unable to start command: Failed to start pty: fork/exec /bin/bash: no such file or directory',
      'OCI runtime exec failed: exec failed: unable to start container process: exec: "/bin/sh": stat /bin/sh: no such file or directory: unknown',
    ],
  }),
  defineSignature({
    cause: 'exec-shell-missing',
    keys: ['no such file', 'not found', 'unable to start command', 'executable'],
    where: onlyExec,
    not: /shared object/i,
    pattern:
      /unable to start command:? (?:failed to start pty )?.{0,60}(?:no such file|not found)|exec:? "?(?<name>[\w./-]{1,200})"?:? .{0,60}(?:no such file|not found)|(?:^|\s)(?<name>[\w./-]{1,200}): (?:no such file or directory|(?:command )?not found)/i,
    examples: [
      'Unable to start command: Failed to start pty: fork/exec /bin/bash: no such file or directory',
      'exec: "bash": executable file not found in $PATH',
    ],
  }),
  defineSignature({
    cause: 'exec-service-error',
    keys: ['internal', 'server', 'try again', 'unavailable', 'failed', 'session'],
    where: onlyExec,
    pattern:
      /internal (?:server )?error|serverexception|service ?unavailable|try again later|failed to (?:start|open|create) (?:the )?session|unexpected error|data channel/i,
    examples: [
      'An error occurred (ServerException) when calling the ExecuteCommand operation (reached max retries: 2): Service Unavailable. Please try again later.',
    ],
  }),
];
