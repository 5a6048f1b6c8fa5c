import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';

/** What a target's state amounts to. Source: ELB API, TargetHealth.State and TargetHealth.Reason. */
export type Standing =
  | 'healthy'
  /** Its first checks are under way: no fault, whatever they will find. */
  | 'starting'
  /** On its way out, checks passed or not. */
  | 'leaving'
  | 'unhealthy'
  /** Nothing checks it: no listener uses the group, or its zone is not enabled. */
  | 'unused'
  /** Health checks are switched off. */
  | 'unchecked'
  | 'unknown';

const standings: Record<string, Standing> = {
  healthy: 'healthy',
  initial: 'starting',
  draining: 'leaving',
  'unhealthy.draining': 'leaving',
  unhealthy: 'unhealthy',
  unused: 'unused',
  unavailable: 'unchecked',
};

export function standingOf({ TargetHealth: health }: TargetHealthDescription): Standing {
  // A stopped or deregistered target is shown as unused too, for a while.
  if (health?.Reason === 'Target.DeregistrationInProgress') return 'leaving';
  return standings[health?.State ?? ''] ?? 'unknown';
}

/** Whether a target is an instance, whatever its group calls the type of its targets. */
export function isInstance({ Target }: TargetHealthDescription): boolean {
  return Target?.Id?.startsWith('i-') === true;
}

/** Whether somebody should look at the target. */
export function isInTrouble(target: TargetHealthDescription): boolean {
  const standing = standingOf(target);
  return standing === 'unhealthy' || standing === 'unused';
}

/** Nothing answers at all: what a closed port, and nothing but a closed port or a hanging process, looks like. */
export function timesOut(target: TargetHealthDescription): boolean {
  return standingOf(target) === 'unhealthy' && target.TargetHealth?.Reason === 'Target.Timeout';
}

/** What each reason code means and what to look at. Source: ELB User Guide, "Target health reason codes". */
export function reasonWords({ TargetHealth: health }: TargetHealthDescription): string {
  const { Reason: reason = '', State: state = '', Description: text = '' } = health ?? {};
  if (reason === 'Target.ResponseCodeMismatch') return codeWords(codeIn(text));
  if (reason === 'Target.NotInUse' && /availability zone/i.test(text))
    return 'its zone is not enabled for the load balancer';
  return words[reason] ?? (text || state.replaceAll('.', ' ') || 'no state');
}

const words: Record<string, string> = {
  'Elb.RegistrationInProgress': 'is being registered',
  'Elb.InitialHealthChecking': 'first checks under way',
  'Elb.InternalError': 'the load balancer could not check it, by a fault of its own',
  'Target.Timeout': 'no answer in time: a filtered port, or a process that hangs or is starved',
  'Target.FailedHealthChecks':
    'connection refused, reset or answered malformed: nothing listens there for others, or it speaks another protocol',
  'Target.NotInUse': 'no listener uses the target group',
  'Target.NotRegistered': 'not registered with the target group',
  'Target.InvalidState': 'the instance is stopped or terminated',
  'Target.DeregistrationInProgress': 'finishes its open requests',
  'Target.IpUnusable': 'its address belongs to a load balancer',
  'Target.HealthCheckDisabled': 'health checks are switched off for the group',
};

/** The code that the target answered with, as ELB's description tells it. */
export function codeIn(text: string): string | undefined {
  return /\[(?<code>\d{1,3})\b/.exec(text)?.groups?.code;
}

/** What an HTTP code of a health check means. */
export function codeWords(code: string | undefined): string {
  if (code === undefined) return 'answers with a code that is not accepted';
  if (/^3\d\d$/.test(code)) return `answers ${code}, a redirect (to HTTPS, a login or another path)`;
  const meaning = codes[code] ?? (/^5/.test(code) ? ', an error of its own or of what it depends on' : '');
  return `answers ${code}${meaning}`;
}

const codes: Record<string, string> = {
  '400': ', as a server does that does not know the host: checks name an address and a port as Host',
  '401': ': it asks for a login',
  '403': ': it refuses the load balancer',
  '404': ': it has nothing under that path',
  '405': ': it does not take GET there',
  '421': ': it does not know the host that the check names',
  '429': ': it limits the rate of the checks',
  '503': ': it says itself that it is not ready',
};
