import type { Outcome } from '../../check.ts';
import type { Settled } from '../../fact.ts';
import { checkWords, type JoinedGroup, portOf } from '../../health/join.ts';
import type { Standing } from '../../health/states.ts';
import { listed, plural } from '../../words.ts';
import { isUp, type Picture, servingOf } from './picture.ts';

/** What the command says where nothing fails a check: the numbers that prove it, or why nobody can tell. */
export function healthAnswer(picture: Picture, read: Settled<unknown> | undefined): Outcome['answer'] {
  const { service, containers, tasks, definitions } = picture;
  if ((service.loadBalancers ?? []).length > 0) {
    if (read === undefined) return undefined;
    if (read.ok) return ofTargets(picture);
    const { missing } = read.failure;
    const why = missing === undefined ? 'AWS gave no usable answer' : `not allowed to call ${missing}`;
    return { state: 'unknown', headline: `could not tell whether its targets are healthy, ${why}` };
  }
  if (!tasks) return undefined;
  const running = tasks.running.filter(isUp);
  const up = running.length;
  if (running.some(({ taskDefinitionArn = '' }) => definitions[taskDefinitionArn] === undefined))
    return {
      state: 'unknown',
      headline: 'could not tell whether a container check passes: not every task definition could be read',
    };
  // Which containers are checked the definitions of running tasks tell.
  if (up === 0 && (service.desiredCount ?? 0) > 0)
    return { state: 'unknown', headline: 'no task runs, so that no container check can pass or fail' };
  if (containers.length === 0)
    return {
      state: 'healthy',
      headline: `nothing checks it, neither a load balancer nor a container health check; ${up} of ${service.desiredCount ?? 0} running`,
    };
  const told = containers.map(
    ({ container, healthy, total }) =>
      `${healthy} of ${plural(total, 'task')} pass the check of ${container}`,
  );
  // Nothing has shown yet whether it passes.
  const begins = containers.some(({ healthy, unhealthy }) => healthy === 0 && unhealthy === 0);
  return {
    state: begins ? 'unknown' : 'healthy',
    headline: `${listed(told)}; it has no load balancer`,
  };
}

function ofTargets({ groups, timing, containers, service }: Picture): Outcome['answer'] {
  const serving = servingOf(groups);
  const idle = groups.filter((group) => group.idle === true);
  const told = serving.map(groupWords).join('; ');
  const [first] = serving;
  const checks =
    first?.group && serving.length === 1 ? `, checks ${checkWords(first.group, portOf(first))}` : '';
  const waits =
    idle.length > 0 ? `; ${listed(idle.map(({ name }) => name))} waits for the next deployment` : '';
  const start =
    timing?.slowest === undefined
      ? ''
      : `; slowest start ${timing.slowest} s${timing.grace > 0 ? ` of ${timing.grace} s grace` : ''}`;
  const sick = containers.filter(({ unhealthy }) => unhealthy > 0);
  if (sick.length > 0) return undefined;
  const unknown = serving.some(({ targets }) => has(targets, 'unknown'));
  const empty = serving.every(({ targets }) => targets.length === 0) && (service.desiredCount ?? 0) > 0;
  // Nothing has shown yet whether they pass.
  const all = serving.flatMap(({ targets }) => targets.map(({ standing }) => standing));
  const begins = all.includes('starting') && !all.includes('healthy');
  // Of a pair it may be the one that waits; which, the rules that were not read would tell.
  const unused = serving.some(({ targets }) => has(targets, 'unused') && !has(targets, 'healthy'));
  return {
    state: unknown || empty || begins || unused ? 'unknown' : 'healthy',
    headline: `${told || 'no target group'}${checks}${waits}${start}`,
  };
}

function has(targets: JoinedGroup['targets'], wanted: Standing): boolean {
  return targets.some(({ standing }) => standing === wanted);
}

/** `3 of 3 targets healthy in api, 1 in its first checks, 2 draining`. */
function groupWords({ name, group, targets }: JoinedGroup): string {
  const count = (...standings: Standing[]) =>
    targets.filter(({ standing }) => standings.includes(standing)).length;
  const staying = targets.length - count('leaving');
  const unchecked = group?.HealthCheckEnabled === false;
  const more = [
    count('starting') > 0 && !unchecked ? `${count('starting')} in the first checks` : '',
    count('unchecked') > 0 ? `${count('unchecked')} without health checks` : '',
    count('leaving') > 0 ? `${count('leaving')} draining` : '',
  ].filter((text) => text !== '');
  if (staying === 0)
    return count('leaving') > 0
      ? `no target in ${name} but ${count('leaving')} draining out`
      : `no target in ${name}`;
  return [`${count('healthy')} of ${plural(staying, 'target')} healthy in ${name}`, ...more].join(', ');
}
