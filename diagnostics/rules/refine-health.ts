import { recognise } from '../signatures/index.ts';
import { normalise } from '../signatures/normalise.ts';
import { answer, type Explanation } from './explanation.ts';
import { isServiceConnectProxy } from './helpers.ts';
import { numberIn, numberLike, type Seen, textIn } from './seen.ts';
import { fromText } from './text.ts';

/** Codes at which the load balancer's settings are the first suspect: the application runs and answered. */
const settingsCodes = /\b(?:301|302|303|307|308|400|401|403|404|405)\b/;

/** The load balancer said "unhealthy"; what else is known says why. */
export function refineElbFailure(seen: Seen, found: Explanation): Explanation {
  const target = textIn(seen.context, 'targetReason');
  const grace = graceTooShort(seen, found);
  if (grace !== undefined) return grace;
  const starved = starvedOfCpu(seen, found);
  if (starved !== undefined) return starved;
  if (target === undefined) return found;
  const said = recognise(normalise(target), 'target.health');
  if (said === undefined) return found;
  const told = fromText(seen, said, 'The target health reason');
  return refineWrongCode(seen, { ...told, names: { ...found.names, ...told.names }, also: [found.cause] });
}

const boot =
  /(?:started|ready|booted|startup|start-?up|running)\b[^\n]{0,80}?\bin (?<seconds>\d{1,4}(?:\.\d{1,6})?) ?s(?:ec(?:ond)?s?)?\b/i;
const booting =
  /(?:starting|initiali[sz]ing|running migrations|applying migrations|loading|compiling|warming|booting|waiting for)\b/i;
const shortGrace = 60;

/**
 * The part of its life that a task has to have spent booting. A boot within the grace period cost it no check; one
 * that outlasts it fails checks from the start, and after it the target must still pass several in a row.
 */
function mostOfLife(takes: number, grace: number | undefined): number {
  return grace !== undefined && takes > grace ? 0.5 : 0.8;
}

/** A task that is killed before it has ever finished booting needs time, not repair. */
function graceTooShort(seen: Seen, found: Explanation): Explanation | undefined {
  const grace = numberIn(seen.context, 'healthCheckGracePeriodSeconds');
  const ran = numberIn(seen.context, 'runtimeSeconds');
  const tail = seen.context.logTail ?? '';
  const boots =
    boot.exec(tail)?.groups?.seconds ?? numberLike(seen.context, /^(?:boot|startup|start)\w{0,12}seconds$/i);
  const takes = boots === undefined ? undefined : Number(boots);
  const tooLate =
    takes !== undefined &&
    (ran === undefined ? grace !== undefined && takes > grace : takes > ran * mostOfLife(takes, grace));
  const stillBooting =
    takes === undefined && ran !== undefined && booting.test(tail.split('\n').at(-1) ?? '');
  if (!tooLate && !stillBooting) return undefined;
  if (grace !== undefined && grace > shortGrace && grace > (takes ?? 0)) return undefined;
  return answer('elb-grace-too-short', {
    names: { ...found.names, seconds: String(takes === undefined ? (grace ?? 0) : Math.ceil(takes)) },
    status: tooLate ? 'confirmed' : 'likely',
    ...(found.culprit === undefined ? {} : { culprit: found.culprit }),
    why: tooLate
      ? `The log shows a boot of ${takes} s; the task was stopped ${ran === undefined ? '' : `after ${ran} s `}with a grace period of ${grace ?? 0} s.`
      : `The last log line is still about starting when the task is stopped after ${ran} s.`,
    ...(tooLate ? {} : { decide: 'Let one task boot with a long grace period and measure it' }),
    also: [found.cause],
  });
}

const starved = 90;

function starvedOfCpu(seen: Seen, found: Explanation): Explanation | undefined {
  const cpu = numberLike(seen.context, /^(?:task|service)?cpu\w{0,12}(?:util|percent|max|peak)/i);
  if (cpu === undefined || cpu < starved) return undefined;
  return answer('elb-health-overload', {
    names: found.names,
    status: 'likely',
    why: `CPU stood at ${cpu} % when the health checks failed.`,
    decide: 'CPUUtilization beside UnHealthyHostCount: an overload comes in waves with the load',
    also: [found.cause],
  });
}

/** An answer of any code proves that the port is open and the process alive. */
export function refineWrongCode(_seen: Seen, found: Explanation): Explanation {
  if (found.cause !== 'elb-health-wrong-code') return found;
  const code = found.names.code ?? '';
  if (settingsCodes.test(code)) return { ...found, owner: 'load-balancer' };
  if (/\b503\b/.test(code)) return { ...found, severity: 'warn' };
  return found;
}

/** CPU starvation makes a load balancer time out like a closed port does. */
export function refineTimeout(seen: Seen, found: Explanation): Explanation {
  return graceTooShort(seen, found) ?? starvedOfCpu(seen, found) ?? found;
}

const localOnly =
  /(?:listening|running|serving|started|bound|http)\b[^\n]{0,80}(?:127\.0\.0\.1|localhost|\[::1\])/i;

/** The log tells where the process listens. */
export function refineConnection(seen: Seen, found: Explanation): Explanation {
  const said = localOnly.exec(seen.context.logTail ?? '')?.[0];
  if (said === undefined) return found;
  return {
    ...found,
    status: 'confirmed',
    names: { ...found.names, name: '127.0.0.1' },
    why: `${found.why} The log says "${said}", which nobody outside the container can reach.`,
  };
}

const missingTool =
  /\b(?<name>curl|wget|nc|pg_isready|grpc_health_probe)\b"?:? [^\n]{0,40}(?:not found|no such file)/i;

/** The container's own check: the proxy, a tool that the image lacks, or the application. */
export function refineContainerHealth(seen: Seen, found: Explanation): Explanation {
  const sick = seen.containers.find((container) => container.healthStatus === 'UNHEALTHY');
  const culprit = sick?.name ?? found.culprit;
  const names = culprit ? { ...found.names, container: culprit } : found.names;
  if (culprit !== undefined && isServiceConnectProxy(culprit))
    return answer('service-connect-unhealthy', {
      culprit,
      names,
      why: `healthStatus of ${culprit} is UNHEALTHY.`,
      also: [found.cause],
    });
  const command = healthCommand(seen);
  const whole = wholeCommandAsProgram(seen);
  if (whole !== undefined)
    return answer('container-health-tool-missing', {
      ...(culprit === undefined ? {} : { culprit }),
      names: { ...names, name: whole },
      why: `The health command is ["CMD", "${whole}"]: without a shell the whole text is taken for the name of one program, which no image holds.`,
      also: [found.cause],
    });
  const lacks = lackingTool(seen, command);
  if (lacks !== undefined)
    return answer('container-health-tool-missing', {
      ...(culprit === undefined ? {} : { culprit }),
      names: { ...names, name: lacks },
      why: `The health command needs ${lacks}, which the image does not hold.`,
      also: [found.cause],
    });
  return culprit === undefined ? found : { ...found, culprit, names };
}

function healthCommand(seen: Seen): string {
  const given = seen.context.healthCheckCommand ?? seen.context.healthCheck;
  if (typeof given === 'string') return given;
  return given === undefined || given === null ? '' : JSON.stringify(given);
}

/** CMD runs its first argument as a program; only CMD-SHELL splits a line into words. Source: HealthCheck.command. */
function wholeCommandAsProgram({ context }: Seen): string | undefined {
  const given = context.healthCheckCommand ?? context.healthCheck;
  if (!Array.isArray(given) || given[0] !== 'CMD') return undefined;
  const program: unknown = given[1];
  return typeof program === 'string' && /\s/.test(program.trim()) ? program : undefined;
}

function lackingTool(seen: Seen, command: string): string | undefined {
  const logged = missingTool.exec(seen.context.logTail ?? '')?.groups?.name;
  if (logged !== undefined) return logged;
  for (const tool of ['curl', 'wget', 'nc']) {
    const has = seen.context[`imageHas${tool[0]?.toUpperCase()}${tool.slice(1)}`];
    if (has === false && command.includes(tool)) return tool;
  }
  return undefined;
}
