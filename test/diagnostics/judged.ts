import type { Details, Finding, NotChecked } from '#diagnostics/report.ts';
import { verdictOf } from '#diagnostics/verdict.ts';

export const now = new Date('2026-01-01T12:00:00Z');
export const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
export const target = {
  environment: 'prod',
  account: '222222222222',
  region: 'us-east-1',
  cluster: 'prod',
  service: 'api',
};

export function finding(cause: string, more: Partial<Finding> = {}): Finding {
  const evidence = [{ api: 'ecs:DescribeTasks', field: 'stopCode', value: 'x' }];
  return {
    cause,
    title: cause,
    status: 'confirmed',
    severity: 'error',
    stage: 6,
    summary: '',
    count: 3,
    lastAt: minutesAgo(1),
    evidence,
    next: [],
    ...more,
  };
}

export const state = (runningCount: number, desired = 2): Details['now'] => ({
  desired,
  running: runningCount,
  pending: 0,
  deployments: [],
});

export function verdict(
  findings: Finding[],
  {
    details = { now: state(2) },
    notChecked = [],
    answered = true,
  }: { details?: Details; notChecked?: NotChecked[]; answered?: boolean } = {},
) {
  return verdictOf({ target, findings, details, notChecked, answered, answer: undefined, now }).verdict;
}
