import { checkWords, isAddress } from '../../health/join.ts';
import { killsCluster } from '../../health/timing.ts';
import { listed, plural } from '../../words.ts';
import { failsOpen } from './details.ts';
import { type Picture, servingOf } from './picture.ts';

/** What is no fault and still decides how the rest is read. */
export function healthNotes(picture: Picture): string[] {
  const { timing, containers } = picture;
  const serving = servingOf(picture.groups);
  const targets = serving.flatMap((group) => group.targets.map((target) => ({ ...target, group })));
  const left = targets.filter(
    ({ task, standing, description }) =>
      !task &&
      standing !== 'leaving' &&
      picture.tasks?.complete === true &&
      isAddress(description.Target?.Id),
  );
  const shifted = targets.filter(({ description }) =>
    /zonal_shift/i.test(description.AdministrativeOverride?.State ?? ''),
  );
  const odd = targets.filter(({ description }) => description.AnomalyDetection?.Result === 'anomalous');
  const mitigated = odd.filter(
    ({ description }) => description.AnomalyDetection?.MitigationInEffect === 'yes',
  );
  const open = serving.filter(failsOpen).map(({ name }) => name);
  const notes = [
    open.length > 0
      ? `No target of ${listed(open)} passes its check, so the load balancer fails open and sends requests to all of them: 0 healthy is not the same as down.`
      : '',
    left.length > 0
      ? `${plural(left.length, 'target')} of ${listed([...new Set(left.map(({ group }) => group.name))])} ${left.length === 1 ? 'belongs' : 'belong'} to no task of this service: ${listed(
          left
            .map(({ description }) => description.Target?.Id ?? '')
            .sort()
            .slice(0, 3),
        )}.`
      : '',
    shifted.length > 0
      ? `A zonal shift is in effect: ${plural(shifted.length, 'target')} ${shifted.length === 1 ? 'gets' : 'get'} no requests, whatever the checks say.`
      : '',
    odd.length > 0
      ? `${plural(odd.length, 'target')} answered more errors than the others${mitigated.length > 0 ? `, and ${mitigated.length === 1 ? 'gets' : 'get'} fewer requests for it (anomaly mitigation)` : ''}.`
      : '',
    timing && killsCluster(timing)
      ? 'Every task was stopped about as early as the settings allow, as those are that never pass a check.'
      : '',
    timing?.slowest !== undefined && timing.kills.length === 0 && tooClose(timing)
      ? `The slowest start took ${timing.slowest} s at most and the settings allow ${timing.grace + timing.detection} s (${timing.grace} s grace, ${timing.detection} s detection): one that is slower is stopped.`
      : '',
    ...containers.flatMap(({ container, hints, unhealthy }) =>
      // Where it fails the finding says so.
      unhealthy > 0 ? [] : hints.map((hint) => `Health command of ${container}: ${hint}.`),
    ),
    ...serving
      .filter(({ group }) => group?.HealthCheckEnabled === false)
      .map(({ name, group }) => `${name} is ${checkWords(group, undefined)}.`),
  ];
  return notes.filter((note) => note !== '');
}

/** A start that used nearly all that it was given. */
function tooClose({ slowest = 0, grace, detection }: NonNullable<Picture['timing']>): boolean {
  return grace > 0 && slowest > grace && slowest > 0.9 * (grace + detection);
}
