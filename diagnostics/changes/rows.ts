import type { ScalingActivity } from '@aws-sdk/client-application-auto-scaling';
import type { Happening } from '../changes-details.ts';
import type { ChangeBase } from '../facts/changes/change-base.ts';
import type { ChangedThings } from '../facts/changes/changed-things.ts';
import { changeInWords, type RevisionChange, revisionChanges } from '../revision-change.ts';
import { readStop } from '../stops.ts';
import { cut, listed, revisionOf } from '../words.ts';
import type { ChangeCall } from './call-record.ts';
import { hostTraits } from './host-traits.ts';
import { digestField, hostField, parameterField, pathOf, secretField, securityGroupsField } from './paths.ts';
import { principalName } from './principal.ts';
import { serviceChanges, short } from './service-changes.ts';

export interface Found {
  base: ChangeBase;
  things?: ChangedThings | undefined;
  scaling?: readonly ScalingActivity[] | undefined;
  calls?: readonly ChangeCall[] | undefined;
}

/** Everything that differs between the two moments, the task definition first. */
export function changeRows(found: Found): Happening[] {
  return [
    ...definitionRows(found.base),
    ...serviceRows(found.base),
    ...imageRows(found),
    ...valueRows(found),
    ...instanceRows(found),
    ...scalingRows(found),
    ...callRows(found),
  ];
}

/** Each change of the revision on its own, with who registered it. */
export function definitionRows({ compared, definitions }: ChangeBase): Happening[] {
  const before = definitions[compared.before.definition ?? ''];
  const after = definitions[compared.after.definition ?? ''];
  if (!before || !after || before === after) return [];
  const by = principalName(after.registeredBy);
  return revisionChanges(before, after).map((change) => ({
    ...(after.registeredAt && { at: after.registeredAt.toISOString() }),
    count: 1,
    about: 'task definition',
    text: `${placed(change)}${changeInWords(brief(change))}`,
    fields: [pathOf(change)],
    ...(by !== '' && { by }),
  }));
}

/** An image by its name and tag: where it lies is seldom what was changed. */
function brief(change: RevisionChange): RevisionChange {
  const { field, before, after } = change;
  if (field !== 'image' || before === undefined || after === undefined) return change;
  const [was = before, is = after] = [before, after].map((image) => image.split('/').at(-1));
  return was === is ? change : { ...change, before: was, after: is };
}

/** `app: `, where a container is meant; a container that came or went says its name itself. */
function placed({ container, field }: RevisionChange): string {
  return container === undefined || field === 'container' ? '' : `${container}: `;
}

function serviceRows({ compared }: ChangeBase): Happening[] {
  const { before, after } = compared;
  if (!before.revision || !after.revision) return [];
  const at = after.revision.createdAt?.toISOString();
  return serviceChanges(before.revision, after.revision).map((text) => ({
    ...(at !== undefined && { at }),
    count: 1,
    about: 'service',
    text,
    ...(text.startsWith('security groups') && { fields: [securityGroupsField] }),
  }));
}

/** A push over the tag, where what runs was pulled from it before. */
function imageRows({ base, things }: Found): Happening[] {
  return (things?.images ?? []).flatMap(({ container, image, state }): Happening[] => {
    if (!state.ok || state.value.state !== 'found') return [];
    const { imagePushedAt: at, imageDigest = '' } = state.value.detail;
    const running = base.tasks.running.flatMap(({ containers = [] }) =>
      containers.flatMap((one) =>
        one.name === container && one.image === image ? (one.imageDigest ?? []) : [],
      ),
    );
    const old = running.find((digest) => digest !== imageDigest);
    if (old === undefined || !at || !isWithin(at, base)) return [];
    const text = `${container}: another image was pushed over ${image.split('/').at(-1)}, ${short(old)} → ${short(imageDigest)}`;
    return [{ at: at.toISOString(), count: 1, about: 'image', text, fields: [digestField(container)] }];
  });
}

function valueRows({ base, things }: Found): Happening[] {
  return (things?.values ?? []).flatMap(({ kind, name, state }): Happening[] => {
    const { changedAt: at, deleted } = (state.ok && state.value) || {};
    if (!at || !isWithin(at, base)) return [];
    const done = deleted ? 'deleted' : 'changed';
    return [
      {
        at: at.toISOString(),
        count: 1,
        about: kind,
        text: `the ${kind} ${name} was ${done}`,
        fields: [kind === 'secret' ? secretField : parameterField],
      },
    ];
  });
}

/** What differs between the instances that failed tasks were on and those of running ones. */
function instanceRows({ base, things }: Found): Happening[] {
  if (!things?.instances.ok || !base.compared.failing) return [];
  // A task that waits to start shows nothing of its instance yet.
  const running = base.tasks.running.filter(({ lastStatus }) => lastStatus === 'RUNNING');
  // Nor does one that was taken away in good order.
  const failed = base.tasks.stopped.filter(
    (task) => readStop(task, base.definitions, { service: base.service }).explanations[0].severity !== 'info',
  );
  return hostTraits(things.instances.value, { running, failed }).map(({ name, was, is, bad }) => ({
    ...(bad.registeredAt && { at: bad.registeredAt.toISOString() }),
    count: 1,
    about: 'instance',
    text: `${name} ${listed(was)} where tasks run, ${listed(is)} where they failed`,
    fields: [hostField(name)],
  }));
}

function scalingRows({ base, scaling = [] }: Found): Happening[] {
  return scaling
    .filter(
      ({ StartTime, StatusCode }) => StartTime && StatusCode === 'Successful' && isWithin(StartTime, base),
    )
    .map(scalingRow);
}

export function scalingRow({
  StartTime,
  Description,
  StatusMessage,
  StatusCode,
}: ScalingActivity): Happening {
  const said = Description ?? StatusMessage ?? 'scaled';
  return {
    ...(StartTime && { at: StartTime.toISOString() }),
    count: 1,
    about: 'scaling',
    text: cut(`${said.replace(/\.$/, '')}${StatusCode === 'Successful' ? '' : ` (${StatusCode})`}`, 160),
  };
}

function callRows({ calls = [] }: Found): Happening[] {
  return calls.map(({ at, name, by, thing, detail, error }) => ({
    at: at.toISOString(),
    count: 1,
    about: 'call',
    text: `${name} of ${thing}${detail === undefined ? '' : ` (${detail})`}${error === undefined ? '' : `, refused with ${error}`}`,
    by,
  }));
}

function isWithin(at: Date, { compared: { from, to } }: ChangeBase): boolean {
  return at >= from && at <= to;
}

export function versionNames({ compared: { before, after } }: ChangeBase) {
  return {
    ...(before.definition !== undefined && { before: revisionOf(before.definition) }),
    ...(after.definition !== undefined && { after: revisionOf(after.definition) }),
  };
}
