import type { Finding } from './report.ts';

/**
 * Causes that say that something fails, and leave open why: another finding is their reason. From what matters most
 * to whoever deployed to what is nearest to the tasks.
 */
export const symptoms: readonly string[] = [
  'deployment-rolling-back',
  'circuit-breaker-tripped',
  'deployment-no-rollback-candidate',
  'deployment-partial-launch',
  'service-start-impaired',
  'unhealthy-replaced',
  'crash-loop-after-running',
  'deployment-in-progress',
  'no-task-started',
  'placement-waiting',
  'init-stuck',
  'pull-slow',
  'create-stuck',
];

/** That nothing is left to read is worth saying only where nothing else is known. */
export const lastResort = 'exit-unknown';

/** A general cause, and the causes that say the same more exactly. */
const moreExact: Record<string, (cause: string) => boolean> = {
  'elb-health-failed': (cause) => /^elb-(?:health-|grace-|az-|target-|tg-)/.test(cause),
  'elb-health-timeout': (cause) => cause === 'elb-grace-too-short',
  'elb-health-connection-failed': (cause) => cause === 'elb-grace-too-short',
  'container-health-failed': (cause) =>
    cause === 'container-health-tool-missing' || cause === 'service-connect-unhealthy',
  'app-exit-error': (cause) => cause.startsWith('app-'),
  'capacity-placement-unclear': (cause) => cause.startsWith('capacity-'),
  'capacity-provider-empty': isLaunchFault,
  'capacity-no-instances': isLaunchFault,
  'capacity-insufficient-cpu': isLaunchFault,
  'capacity-insufficient-memory': isLaunchFault,
  'capacity-insufficient-gpu': isLaunchFault,
  'eni-provision-timeout': (cause) => cause === 'subnet-ip-exhausted',
};

/** Instances that cannot be launched are why those that run have no room. */
function isLaunchFault(cause: string): boolean {
  return cause === 'capacity-provider-launch-failed' || cause === 'capacity-provider-permission';
}

/** The firmest first. */
export const statusRank = { confirmed: 0, likely: 1, open: 2, 'ruled-out': 3, 'not-checked': 4 };

/** From the symptom that leads to the root: at most one symptom, the general cause, and the same more exactly. */
export function chainOf(candidates: readonly Finding[]): Finding[] {
  const causes = withoutClosestMatch(candidates).filter(
    (finding) =>
      !symptoms.includes(finding.cause) &&
      finding.cause !== lastResort &&
      !isReasonOfOne(finding, candidates),
  );
  const shown = symptoms.flatMap((cause) => candidates.find((finding) => finding.cause === cause) ?? []);
  const [general] = causes;
  // Symptoms alone: what is nearest to the tasks is as deep as it goes.
  if (!general && shown.length === 0) return candidates.slice(0, 1);
  if (!general) return [...new Set([shown[0], shown.at(-1)])].filter((finding) => finding !== undefined);
  const exact = causes.find(({ cause }) => cause !== general.cause && moreExact[general.cause]?.(cause));
  const led = shown.find((symptom) => !isAfterwards(general, symptom));
  const found = [led, general, exact].filter((finding) => finding !== undefined);
  return [...found, ...reasonsBehind(found, candidates)];
}

/** Whether another finding is what this one is the reason of: it then comes behind that one. */
function isReasonOfOne({ reasonOf = [] }: Finding, findings: readonly Finding[]): boolean {
  return findings.some(({ cause }) => reasonOf.includes(cause));
}

/**
 * What lies behind the last link, as far as it is known. A reason that is less sure than what it would explain is
 * shown among the findings and leaves the headline to what is sure.
 */
function reasonsBehind(chain: readonly Finding[], candidates: readonly Finding[]): Finding[] {
  const last = chain.at(-1);
  const reason = candidates.find(
    (finding) =>
      last !== undefined &&
      finding.reasonOf?.includes(last.cause) &&
      !chain.includes(finding) &&
      statusRank[finding.status] <= statusRank[last.status],
  );
  return reason ? [reason, ...reasonsBehind([...chain, reason], candidates)] : [];
}

/**
 * An event names what the closest instance lacks, and the others may lack something else: where all instances have
 * been compared, that comparison speaks.
 */
function withoutClosestMatch(candidates: readonly Finding[]): readonly Finding[] {
  const isPlacement = ({ cause }: Finding) => cause.startsWith('capacity-');
  const isCompared = ({ evidence }: Finding) =>
    evidence.some(({ api }) => /^(?:ecs:\w+ContainerInstances|autoscaling:)/.test(api));
  if (!candidates.some((finding) => isPlacement(finding) && isCompared(finding))) return candidates;
  return candidates.filter((finding) => !isPlacement(finding) || isCompared(finding));
}

/** A rollback is over when it is reported: what first failed after it was not its reason. */
function isAfterwards({ firstAt }: Finding, { cause, lastAt }: Finding): boolean {
  if (cause !== 'deployment-rolling-back' || firstAt === undefined || lastAt === undefined) return false;
  return Date.parse(firstAt) > Date.parse(lastAt);
}
