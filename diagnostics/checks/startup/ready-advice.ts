import type { FixNames } from '../../causes/cause.ts';
import { inContainer, revise } from '../../causes/fixes.ts';
import type { Fix } from '../../report.ts';
import { isSlowStart, type Ready } from '../../startup/ready.ts';
import { seconds } from '../../startup-words.ts';
import type { StartPicture } from './picture.ts';

/** Often enough to notice, seldom enough to cost nothing. Seconds. */
const shortInterval = 10;
/** The least that ELB takes, where it is not off. Seconds. Source: User Guide for Application Load Balancers. */
const leastSlowStart = 30;

/** What a new task waits for after it runs, and what a change of exactly that would gain with these numbers. */
export function readyAdvice(picture: StartPicture, names: FixNames): Fix | undefined {
  const { ready } = picture;
  if (!ready) return undefined;
  const shorter = ready.interval > shortInterval;
  if (isSlowStart(ready)) return slowStartAdvice(picture, ready, names);
  if (!shorter) return undefined;
  const gain = gainOf(ready, shortInterval + ready.slowStart);
  const summary = `A new task waits up to ${seconds(ready.interval)} for its first check, and one that passes is enough. An interval of ${shortInterval} s saves up to ${seconds(gain)} of each start${heldBy(ready, shortInterval + ready.slowStart)}; startPeriod and grace period only forgive failures, they make nothing faster.`;
  return ready.by === 'container'
    ? containerFix(summary, ready, names)
    : groupFix(summary, picture, ready, names);
}

/** All waits run side by side: the next longest one holds what can be gained. */
function gainOf({ seconds: wait, others }: Ready, shortened: number): number {
  return Math.max(0, wait - Math.max(shortened, others));
}

function heldBy({ others }: Ready, shortened: number): string {
  return others > shortened ? ` (another check beside it takes ${seconds(others)})` : '';
}

function slowStartAdvice({ groups = [], target }: StartPicture, ready: Ready, names: FixNames): Fix {
  const { slowStart, interval, name } = ready;
  const off = gainOf(ready, interval);
  const least =
    slowStart > leastSlowStart
      ? `, with the least of ${leastSlowStart} s up to ${seconds(gainOf(ready, interval + leastSlowStart))}`
      : '';
  const summary = `The target group ${name} gives a new target its full share of requests only ${seconds(slowStart)} after it is healthy (slow start). Without it that is so up to ${seconds(off)} sooner${least}; keep it where the application answers slowly until its caches are warm.`;
  const group = groups.find(({ TargetGroupName }) => TargetGroupName === name);
  if (!group?.TargetGroupArn) return { summary };
  return {
    summary,
    terraform: `resource "aws_lb_target_group" "${names.service ?? 'this'}" {\n  slow_start = 0\n}`,
    cli: `aws elbv2 modify-target-group-attributes --target-group-arn ${group.TargetGroupArn} --attributes Key=slow_start.duration_seconds,Value=0 --region ${target.region}`,
  };
}

function groupFix(
  summary: string,
  { groups = [], target }: StartPicture,
  { name }: Ready,
  names: FixNames,
): Fix {
  const group = groups.find(({ TargetGroupName }) => TargetGroupName === name);
  if (!group?.TargetGroupArn) return { summary };
  // ELB wants the timeout below the interval.
  const timeout =
    (group.HealthCheckTimeoutSeconds ?? 5) >= shortInterval ? ' --health-check-timeout-seconds 5' : '';
  return {
    summary,
    terraform: `resource "aws_lb_target_group" "${names.service ?? 'this'}" {\n  health_check {\n    interval = ${shortInterval}\n  }\n}`,
    cli: `aws elbv2 modify-target-group --target-group-arn ${group.TargetGroupArn} --health-check-interval-seconds ${shortInterval}${timeout} --region ${target.region}`,
  };
}

/** Only the check that the task waits for longest: those of the other containers stay as they are. */
function containerFix(summary: string, { name }: Ready, names: FixNames): Fix {
  const own = { ...names, ...(name !== undefined && { container: name }) };
  return {
    summary,
    terraform: `# container_definitions of ${names.family ?? 'FAMILY'}: ${name}\nhealthCheck = { interval = ${shortInterval} } # keep the command`,
    cli: revise(own, `${inContainer(own)}.healthCheck.interval = ${shortInterval}`),
  };
}
