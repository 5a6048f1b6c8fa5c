import type { Details } from './report.ts';
import { duration, plural } from './words.ts';

interface Grounds {
  details: Details;
  now: Date;
  /** Only stops after this were looked at. */
  since?: Date | undefined;
  /** False where the stopped tasks could not be read; absent where nothing asked for them. */
  stopsRead?: boolean | undefined;
}

/** The numbers that prove health, in one line. */
export function proofOf(grounds: Grounds): string {
  const { details, now } = grounds;
  const { now: state, expectedStops = [] } = details;
  if (!state) return expectedStops.length > 0 ? ofTasks(expectedStops) : stopsOf(grounds);
  if (state.desired === 0) return 'desired count is 0, so nothing should run';
  const count = `${state.running} of ${state.desired} running`;
  if (state.running >= state.desired) return `healthy, ${count}, ${stopsOf(grounds)}`;
  const since = state.deployments.find(({ status }) => status === 'PRIMARY')?.since;
  const age = since === undefined ? '' : ` for ${duration(now.getTime() - Date.parse(since))}`;
  return `${count}, deployment under way${age}, ${stopsOf(grounds)}`;
}

/** Tasks that no service keeps: only those that came to their own end have finished. */
function ofTasks(stops: NonNullable<Details['expectedStops']>): string {
  if (stops.every(({ cause }) => cause === 'task-completed'))
    return `finished as meant, ${plural(total(stops), 'run')}`;
  return stops.map(({ count, text }) => `${count} × ${text}`).join(', ');
}

function stopsOf({ details, now, since, stopsRead }: Grounds): string {
  if (stopsRead === false) return 'whether tasks stopped could not be read';
  const failed = total(details.stops ?? []);
  const expected = total(details.expectedStops ?? []);
  const told = [
    ...(failed > 0 ? [`${plural(failed, 'failed task')} replaced`] : []),
    ...(expected > 0 ? [`${plural(expected, 'expected stop')}`] : []),
  ];
  return told.length > 0 ? told.join(', ') : `nothing stopped in the last ${span(now, since)}`;
}

const hour = 3_600_000;

/** ECS remembers about an hour, however far back somebody asks. */
function span(now: Date, since: Date | undefined): string {
  const asked = since === undefined ? hour : now.getTime() - since.getTime();
  return asked < hour ? duration(asked) : 'hour';
}

function total(counted: readonly { count: number }[]): number {
  return counted.reduce((sum, { count }) => sum + count, 0);
}
