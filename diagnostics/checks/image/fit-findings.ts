import type { ContainerInstance } from '@aws-sdk/client-ecs';
import { describeContainerInstances } from '../../by-hand.ts';
import type { Platform } from '../../facts/image/platforms.ts';
import { findingOf } from '../../findings.ts';
import {
  architectures,
  type Fit,
  fitOf,
  type Wanted,
  wantedOfDefinition,
  wantedOfInstance,
  wantedWords,
} from '../../image/platform-fit.ts';
import type { Evidence, Finding, Fix } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { listed, plural } from '../../words.ts';
import { platformNames } from './existence-findings.ts';
import { type Known, nextDetail } from './known.ts';

/** What an image does not fit, and how sure that is. */
interface Misfit {
  wanted: Wanted;
  fit: Exclude<Fit, 'fits'>;
  /** What it runs on, reading on after "and ". */
  where: string;
  evidence: Evidence;
  /** Absent: it is certain. */
  doubt?: { status: 'likely' | 'open'; decide: string };
}

/** Whether the image holds what the processor and system of its tasks can run. */
export function platformFindings(known: Known): Finding[] {
  const { platforms } = known.facts;
  if (!platforms?.ok || !platforms.value || platforms.value.length === 0) return [];
  const judged = judgedInstances(known, platforms.value);
  const found =
    judged.length > 0 ? ofInstances(known, judged, platforms.value) : ofDefinition(known, platforms.value);
  const left = found && runningAnyway(known, found);
  return left ? [finding(known, platforms.value, left)] : [];
}

/**
 * What runs is hardly unfit: a processor may be emulated, and a system may be one that was misread. Where nothing but a
 * part that nobody tells speaks against it, that it runs tells.
 */
function runningAnyway({ facts, question }: Known, found: Misfit): Misfit | undefined {
  const digest = nextDetail(facts)?.imageDigest;
  const told = question.causes.some(
    (cause) => cause === 'image-arch-mismatch' || cause === 'image-os-mismatch',
  );
  if (told || digest === undefined || !facts.running.includes(digest)) return found;
  if (found.fit === 'unknown') return undefined;
  return { ...found, doubt: { status: 'open', decide: 'how tasks run that were started from it' } };
}

function ofDefinition(known: Known, built: readonly Platform[]): Misfit | undefined {
  const { definition, compute } = known.revision;
  const wanted = wantedOfDefinition(definition.runtimePlatform, compute === 'fargate');
  const fit = wanted && fitOf(built, wanted);
  if (!wanted || fit === 'fits' || fit === undefined) return undefined;
  if (fit === 'unknown' && compute !== 'fargate') return undefined;
  return {
    wanted,
    fit,
    where: `the task runs on ${wantedWords(wanted)}`,
    evidence: {
      api: 'ecs:DescribeTaskDefinition',
      field: 'runtimePlatform',
      value: JSON.stringify(definition.runtimePlatform ?? {}),
    },
    ...(fit === 'unknown' && { doubt: { status: 'open', decide: unknownPart(wanted, built) } }),
  };
}

interface JudgedInstance {
  instance: ContainerInstance;
  wanted: Wanted;
  fit: Fit;
}

/** Empty where no instance is known: then what the task definition asks for decides. */
function judgedInstances({ facts: { machines } }: Known, built: readonly Platform[]): JudgedInstance[] {
  return (machines?.ok ? machines.value.instances : []).flatMap((instance) => {
    const wanted = wantedOfInstance(instance);
    return wanted ? [{ instance, wanted, fit: fitOf(built, wanted) }] : [];
  });
}

function ofInstances(
  known: Known,
  judged: readonly JudgedInstance[],
  built: readonly Platform[],
): Misfit | undefined {
  const { machines } = known.facts;
  const { from, complete } = machines?.ok ? machines.value : { from: 'cluster', complete: false };
  const unfit = judged.filter(({ fit }) => fit !== 'fits' && fit !== 'unknown');
  const open = judged.filter(({ fit }) => fit === 'unknown');
  const [first] = [...unfit, ...open];
  if (!first || first.fit === 'fits') return undefined;
  const { wanted, fit } = first;
  const alike = judged.filter((one) => one.fit === fit && wantedWords(one.wanted) === wantedWords(wanted));
  const placed = from === 'tasks' ? 'its tasks were placed on' : 'the cluster has for it';
  const isWhole = alike.length === judged.length;
  const decide =
    unfit.length === 0 ? unknownPart(wanted, built) : `which of the instances the next task is placed on`;
  const status =
    unfit.length === 0 ? 'open' : from === 'tasks' ? undefined : isWhole && complete ? 'likely' : 'open';
  return {
    wanted,
    fit,
    where: `${isWhole ? (judged.length === 1 ? 'the instance' : `all ${plural(judged.length, 'instance')}`) : `${alike.length} of ${plural(judged.length, 'instance')}`} that ${placed} ${isWhole && judged.length > 1 ? 'are' : alike.length === 1 ? 'is' : 'are'} ${wantedWords(wanted)}`,
    evidence: instanceEvidence(
      known,
      alike.map(({ instance }) => instance),
    ),
    ...(status && { doubt: { status, decide } }),
  };
}

function instanceEvidence({ context }: Known, instances: readonly ContainerInstance[]): Evidence {
  const wanted = /^ecs\.(?:cpu-architecture|os-type|os-family)$/;
  const shown = (instances[0]?.attributes ?? []).filter(({ name = '' }) => wanted.test(name));
  return {
    api: 'ecs:DescribeContainerInstances',
    field: 'containerInstances[0].attributes',
    value: shown
      .map(({ name, value }) => `${name}=${value}`)
      .sort()
      .join(', '),
    cli: describeContainerInstances(
      context.target,
      instances.slice(0, 3).flatMap(({ containerInstanceArn }) => containerInstanceArn ?? []),
    ),
  };
}

function unknownPart({ os, build, architecture }: Wanted, built: readonly Platform[]): string {
  if (architecture === undefined) return 'the processor that the task gets';
  if (os !== 'windows') return `whether its processor runs ${platformNames(built)}`;
  return build === undefined
    ? 'the Windows release of what the task runs on'
    : 'the Windows release that the image was built for, which its manifest does not tell';
}

const causes = {
  system: 'image-os-mismatch',
  release: 'image-os-mismatch',
  architecture: 'image-arch-mismatch',
} as const;

function finding(known: Known, built: readonly Platform[], misfit: Misfit): Finding {
  const { fit, wanted, where, evidence, doubt } = misfit;
  const { image } = known.facts;
  const needs = wantedWords(wanted);
  const has = builtWords(built, wanted);
  const cause =
    fit === 'unknown' ? (wanted.os === 'windows' ? causes.release : causes.architecture) : causes[fit];
  return findingOf(
    answer(cause, { why: `built for ${has}, run on ${needs}`, ...doubt }),
    { ...known.names, name: needs },
    {
      summary: `${image.image} is built for ${has}, and ${where}.`,
      evidence: [
        { api: 'ecr:BatchGetImage', field: 'images[0].imageManifest', value: has, ...imageCommand(known) },
        evidence,
      ],
      fix: cause === 'image-os-mismatch' ? systemFix(known, needs, has) : processorFix(known, wanted, built),
    },
  );
}

/** With the version where that is what does not fit. */
function builtWords(built: readonly Platform[], { os }: Wanted): string {
  const versions = built.flatMap((one) => (one.os === 'windows' && one.osVersion ? [one.osVersion] : []));
  const names = platformNames(built);
  return os === 'windows' && versions.length > 0 ? `${names} ${listed([...new Set(versions)])}` : names;
}

/** An image of one system is never built for the other by a flag, and Windows has a family for each release. */
function systemFix({ facts: { image }, names, revision }: Known, needs: string, has: string): Fix {
  const place =
    revision.compute === 'fargate'
      ? `set operatingSystemFamily in runtimePlatform of ${names.family} to the system that it is built for (${has})`
      : `run it on instances of the system that it is built for (${has})`;
  return { summary: `Build ${image.image} for ${needs}, or ${place}.` };
}

function processorFix(
  { facts: { image }, names, revision }: Known,
  { os, architecture }: Wanted,
  built: readonly Platform[],
): Fix {
  const isLinux = os === 'linux';
  const cli = `docker buildx build --platform linux/amd64,linux/arm64 --tag ${image.image} --push .`;
  const needs = architecture === undefined ? `both ${os}/amd64 and ${os}/arm64` : `${os}/${architecture}`;
  const cpu = architecture === undefined ? undefined : cpuName(built, os);
  if (cpu === undefined) return { summary: `Build ${image.image} for ${needs}.`, ...(isLinux && { cli }) };
  const family = isLinux ? `\n  operating_system_family = "LINUX"` : '';
  const place =
    revision.compute === 'fargate' ? '' : `, so that its tasks are placed on such instances alone`;
  return {
    summary: `Build ${image.image} for ${needs}, too, or set cpuArchitecture in runtimePlatform of ${names.family} to ${cpu}${place}.`,
    terraform: `runtime_platform {\n  cpu_architecture        = "${cpu}"${family}\n}`,
    ...(isLinux && { cli }),
  };
}

/** A processor that ECS knows, for which it is built for this system. */
function cpuName(built: readonly Platform[], os: string): string | undefined {
  return Object.keys(architectures).find((name) =>
    built.some((one) => one.os === os && one.architecture === architectures[name]),
  );
}

function imageCommand(known: Known): { cli?: string } {
  const { repository } = known.facts;
  const digest = nextDetail(known.facts)?.imageDigest;
  return {
    cli: `aws ecr batch-get-image --registry-id ${repository?.account} --repository-name ${repository?.name} --image-ids imageDigest=${digest} --region ${repository?.region}`,
  };
}
