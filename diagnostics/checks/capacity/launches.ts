import type { Activity } from '@aws-sdk/client-auto-scaling';

/** Source: Auto Scaling API, Activity.StatusCode. */
const underWay: ReadonlySet<string | undefined> = new Set([
  'PendingSpotBidPlacement',
  'WaitingForSpotInstanceRequestId',
  'WaitingForSpotInstanceId',
  'WaitingForInstanceId',
  'PreInService',
  'InProgress',
  'MidLifecycleAction',
  'WaitingForInstanceWarmup',
]);

/**
 * Milliseconds. A group that still wants an instance tries again within minutes, while its activities are kept for
 * six weeks: a failure of the last shift tells of another day.
 */
const launchWindow = 6 * 3_600_000;

/** The launches of late that were tried to their end or still are, the newest first: it outdates those before. */
export function launchesOf(activities: readonly Activity[], now: Date): Activity[] {
  return activities
    .filter((launch) => {
      const { Description, StatusCode, StartTime } = launch;
      const told = StatusCode === 'Failed' || StatusCode === 'Successful' || isUnderWay(launch);
      const late = StartTime === undefined || now.getTime() - StartTime.getTime() <= launchWindow;
      return told && late && /^launching/i.test(Description ?? '');
    })
    .sort((a, b) => (b.StartTime?.getTime() ?? 0) - (a.StartTime?.getTime() ?? 0));
}

export function isUnderWay({ StatusCode }: Pick<Activity, 'StatusCode'>): boolean {
  return underWay.has(StatusCode);
}
