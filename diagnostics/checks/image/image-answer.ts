import type { Outcome } from '../../check.ts';
import { pullsByHost } from '../../image/host-may-pull.ts';
import type { PullRightState } from '../../image/may-pull.ts';
import type { ShownImage } from '../../image-details.ts';
import type { NotChecked } from '../../report.ts';
import { listed, plural } from '../../words.ts';
import { detailOf, type Known, nextDetail, stateOf } from './known.ts';
import { statesOf } from './right-findings.ts';

/** One image as an answer shows it. */
export function shownImage(known: Known): ShownImage {
  const { facts, revision } = known;
  const { image, running, byTag, platforms } = facts;
  const { read } = image;
  const detail = nextDetail(facts);
  const tagDigest = detailOf(byTag)?.imageDigest;
  const states = statesOf(known);
  const first = worst(states);
  return {
    container: image.container,
    reference: image.image,
    registry: read.valid ? read.registry.kind : 'invalid',
    ...(!read.valid && { why: read.why }),
    ...existenceOf(known),
    ...(running[0] && { runningDigest: running[0] }),
    ...(tagDigest && { tagDigest }),
    ...(detail?.imagePushedAt && { pushedAt: detail.imagePushedAt.toISOString() }),
    ...(detail?.imageSizeInBytes && { bytes: detail.imageSizeInBytes }),
    ...(platforms?.ok &&
      platforms.value && {
        platforms: platforms.value.map(({ os, architecture }) => `${os}/${architecture}`),
      }),
    ...(facts.repository && revision.executionRoleArn && { pulledBy: revision.executionRoleArn }),
    ...(first && { allowed: words[first.state], why: first.why }),
  };
}

const words = { allowed: 'yes', denied: 'no', open: 'open', 'not-checked': 'not-checked' } as const;

/** The right that keeps the pull from happening, else any. */
function worst(states: readonly PullRightState[]): PullRightState | undefined {
  const order = ['denied', 'not-checked', 'open', 'allowed'];
  return states.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state))[0];
}

function existenceOf({ facts }: Known): Pick<ShownImage, 'exists'> {
  const states = [stateOf(facts.byDigest), stateOf(facts.byTag)];
  if (!facts.byTag && !facts.byDigest) return {};
  const detail = nextDetail(facts);
  if (detail) return { exists: detail.imageStatus === 'ARCHIVED' ? 'archived' : 'yes' };
  return { exists: states.includes('no-image') || states.includes('no-repository') ? 'no' : 'unknown' };
}

/** What is worth knowing and is no fault. */
export function imageNotes(known: readonly Known[]): string[] {
  return known.flatMap(({ facts, revision }) => {
    const { image, running, byTag, byDigest, pinned, repository, rule, policy } = facts;
    if (!image.read.valid) return [];
    const { tag, registry } = image.read;
    const now = detailOf(byTag)?.imageDigest;
    const [runs] = running;
    const notes: string[] = [];
    if (now !== undefined && runs !== undefined && now !== runs && detailOf(byDigest))
      notes.push(
        `The tag ${tag} of ${repository?.name} now means another digest than ${image.container} runs; ${pinned ? 'new tasks keep to the one that runs until the next deployment' : 'new tasks take the one that the tag means'}.`,
      );
    if (pinned && stateOf(byTag) === 'no-image' && detailOf(byDigest))
      notes.push(
        `The tag ${tag} of ${repository?.name} is gone; new tasks take its digest, and the next deployment fails.`,
      );
    if (rule?.ok && rule.value && !nextDetail(facts))
      notes.push(
        `${repository?.name} is filled from ${rule.value.upstreamRegistryUrl ?? 'its upstream'} at the first pull, so that it need not be there.`,
      );
    if (policy?.ok && policy.value.state === 'hidden')
      notes.push(`Account ${repository?.account} does not show the policy of ${repository?.name}.`);
    if (facts.machines?.ok && facts.machines.value.instances.length === 0 && !hasPlatform(revision))
      notes.push(
        `Which processor and system ${image.container} gets is not known: no instance of it could be found.`,
      );
    if (registry.kind === 'docker-hub')
      notes.push(
        `${image.image} comes from Docker Hub, which limits pulls ${image.credentials ? 'by account' : 'by address, and shares the limit among all behind one NAT gateway'}.`,
      );
    if (pullsByHost(revision.launch) && repository && revision.executionRoleArn === undefined)
      notes.push(
        facts.hosts?.ok && facts.hosts.value.pullers[0]
          ? `It has no execution role: the role of the instance pulls, ${facts.hosts.value.pullers[0].role.name}.`
          : 'It has no execution role: the role of the instance pulls, which was not found.',
      );
    return notes;
  });
}

function hasPlatform({ definition: { runtimePlatform } }: Known['revision']): boolean {
  return runtimePlatform?.cpuArchitecture !== undefined;
}

/** What to say where nothing is wrong, or what could not be told. */
export function imageAnswer(known: readonly Known[]): NonNullable<Outcome['answer']> {
  const unread = unreadParts(known);
  const [first] = unread;
  if (first) {
    return {
      state: 'unknown',
      headline: `could not tell whether its images can be pulled${first.missing === undefined ? '' : `, not allowed to call ${first.missing}`}`,
    };
  }
  const ecr = known.filter(({ facts }) => facts.repository);
  const shown = ecr.map(shownImage);
  const there = shown.filter(({ exists }) => exists === 'yes').length;
  const proven = known.filter(({ facts }) => facts.running.length > 0).length;
  const others = known.length - ecr.length;
  const elsewhere =
    others > 0
      ? [`${others} of ${plural(known.length, 'image')} ${others === 1 ? 'lies' : 'lie'} outside private ECR`]
      : [];
  const filled = ecr.filter(({ facts }) => facts.rule?.ok && facts.rule.value && !nextDetail(facts)).length;
  const hidden = ecr.length - there - filled;
  if (hidden > 0 && proven < known.length) {
    return {
      state: 'unknown',
      headline: `could not tell, ${plural(hidden, 'image')} cannot be looked at from this account`,
    };
  }
  const unseen = known.filter(({ facts }) => !facts.repository && facts.running.length === 0).length;
  if (unseen > 0) {
    const which =
      unseen === known.length ? plural(unseen, 'image') : `${unseen} of ${plural(known.length, 'image')}`;
    return {
      state: 'unknown',
      headline: `could not tell, ${which} ${unseen === 1 ? 'lies' : 'lie'} outside private ECR, where nobody is asked, and no task runs from ${unseen === 1 ? 'it' : 'them'}`,
    };
  }
  const may = shown.filter(({ allowed }) => allowed === 'yes').length;
  const role = known[0]?.revision.executionRoleArn?.split('/').at(-1);
  const parts = [
    ...(there > 0
      ? [
          there === 1 && known.length === 1
            ? 'its image is in ECR'
            : `${there} of ${plural(known.length, 'image')} are in ECR`,
        ]
      : []),
    ...(may > 0 && role ? [`${role} may pull ${may === 1 ? 'it' : 'them'}`] : []),
    ...(filled > 0
      ? [
          `${filled === 1 && known.length === 1 ? 'it' : filled} ${filled === 1 ? 'is' : 'are'} filled from upstream at the next pull`,
        ]
      : []),
    ...elsewhere,
    ...(proven > 0 ? ['running tasks have pulled it'.replace('it', proven === 1 ? 'it' : 'them')] : []),
  ];
  return parts.length === 0
    ? { state: 'unknown', headline: 'could not tell, none of its images lies where it can be looked at' }
    : { state: 'healthy', headline: listed(parts) };
}

/** Every part that could not be read, each once. */
export function unreadParts(known: readonly Known[]): NotChecked[] {
  const parts = known.flatMap(({ facts }) => [
    facts.byTag,
    facts.byDigest,
    facts.policy,
    facts.rule,
    facts.platforms,
    facts.machines,
    facts.role,
    facts.hosts,
    ...(facts.hosts?.ok ? facts.hosts.value.pullers.flatMap(({ rights }) => rights) : []).map(
      ({ reading }) => reading,
    ),
    ...(facts.rights ?? []).map(({ reading }) => reading),
  ]);
  const unread = parts.flatMap((part) => (part === undefined || part.ok ? [] : [part.notChecked]));
  const keyOf = ({ check, missing, reason }: NotChecked) => JSON.stringify([check, missing, reason]);
  return [...new Map(unread.map((part) => [keyOf(part), part])).values()];
}
