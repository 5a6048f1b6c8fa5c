import type { Platform } from '../../facts/image/platforms.ts';
import { findingOf } from '../../findings.ts';
import { megabytes } from '../../image-words.ts';
import type { Finding, Fix } from '../../report.ts';
import { answer } from '../../rules/explanation.ts';
import { platformNames } from './existence-findings.ts';
import { imageEvidence, type Known, nextDetail } from './known.ts';

/** Architectures as ECS and as manifests call them. */
const architectures: Record<string, string> = { X86_64: 'amd64', ARM64: 'arm64' };

/** Whether the image holds what the task's processor and system can run. */
export function platformFindings(known: Known): Finding[] {
  const { platforms, image } = known.facts;
  if (!platforms?.ok || !platforms.value || platforms.value.length === 0) return [];
  const wanted = wantedOf(known);
  if (!wanted) return [];
  const built = platforms.value;
  if (built.some((one) => one.os === wanted.os && one.architecture === wanted.architecture)) return [];
  const isSystem = !built.some(({ os }) => os === wanted.os);
  const needs = `${wanted.os}/${wanted.architecture}`;
  const has = platformNames(built);
  return [
    findingOf(
      answer(isSystem ? 'image-os-mismatch' : 'image-arch-mismatch', {
        why: `built for ${has}, run on ${needs}`,
      }),
      { ...known.names, name: needs },
      {
        summary: `${image.image} is built for ${has}, and the task runs on ${needs}.`,
        evidence: [
          {
            api: 'ecr:BatchGetImage',
            field: 'images[0].imageManifest',
            value: has,
            ...imageCommand(known),
          },
          {
            api: 'ecs:DescribeTaskDefinition',
            field: 'runtimePlatform',
            value: JSON.stringify(known.revision.definition.runtimePlatform ?? {}),
          },
        ],
        fix: isSystem ? systemFix(known, needs, has) : processorFix(known, needs, built),
      },
    ),
  ];
}

/** An image of one system is never built for the other by a flag, and Windows has a family for each release. */
function systemFix({ facts: { image }, names }: Known, needs: string, has: string): Fix {
  return {
    summary: `Build ${image.image} for ${needs}, or set operatingSystemFamily in runtimePlatform of ${names.family} to the system that it is built for (${has}).`,
  };
}

function processorFix({ facts: { image }, names }: Known, needs: string, built: readonly Platform[]): Fix {
  const cpu = cpuName(built);
  const family = needs.startsWith('linux/') ? `\n  operating_system_family = "LINUX"` : '';
  return {
    summary: `Build ${image.image} for ${needs}, too, or set cpuArchitecture in runtimePlatform of ${names.family} to ${cpu}.`,
    terraform: `runtime_platform {\n  cpu_architecture        = "${cpu}"${family}\n}`,
    ...(needs.startsWith('linux/') && {
      cli: `docker buildx build --platform linux/amd64,linux/arm64 --tag ${image.image} --push .`,
    }),
  };
}

/** Fargate takes X86_64 and LINUX where nothing is set; an instance is what it is, and then nothing is known. */
function wantedOf({ revision }: Known): Pick<Platform, 'os' | 'architecture'> | undefined {
  const { cpuArchitecture, operatingSystemFamily = 'LINUX' } = revision.definition.runtimePlatform ?? {};
  if (cpuArchitecture === undefined && revision.compute !== 'fargate') return undefined;
  const architecture = architectures[cpuArchitecture ?? 'X86_64'];
  if (architecture === undefined) return undefined;
  return { os: operatingSystemFamily.startsWith('WINDOWS') ? 'windows' : 'linux', architecture };
}

function cpuName([first]: readonly Platform[]): string {
  return Object.entries(architectures).find(([, name]) => name === first?.architecture)?.[0] ?? 'X86_64';
}

function imageCommand(known: Known): { cli?: string } {
  const { repository } = known.facts;
  const digest = nextDetail(known.facts)?.imageDigest;
  return {
    cli: `aws ecr batch-get-image --registry-id ${repository?.account} --repository-name ${repository?.name} --image-ids imageDigest=${digest} --region ${repository?.region}`,
  };
}

const gib = 1024 ** 3;
/** Layers unpack to two or three times what ECR stores; which, no API tells. */
const unpacks = 2.5;

/** Whether the disk is too small for the image: never sure, since nobody tells the unpacked size. */
export function diskFindings(known: Known): Finding[] {
  const { revision, question, facts } = known;
  const bytes = nextDetail(facts)?.imageSizeInBytes;
  if (bytes === undefined || revision.compute !== 'fargate' || !question.causes.includes('image-disk-full'))
    return [];
  const room = revision.definition.ephemeralStorage?.sizeInGiB ?? 20;
  if (bytes * unpacks < room * gib) return [];
  const size = Math.min(200, Math.max(room + 1, Math.ceil((bytes * (unpacks + 1)) / gib)));
  return [
    findingOf(
      answer('image-disk-full', {
        status: 'likely',
        why: 'the image unpacked is about as large as the disk',
        decide: 'the unpacked size, which docker image inspect shows',
      }),
      known.names,
      {
        summary: `${facts.image.image} takes ${megabytes(bytes)} MB compressed and two to three times that unpacked; the task has ${room} GiB.`,
        evidence: [imageEvidence(known, 'imageDetails[0].imageSizeInBytes', String(bytes))],
        fix: {
          summary: `Give the task ${size} GiB of ephemeral storage, or make the image smaller.`,
          terraform: `ephemeral_storage {\n  size_in_gib = ${size}\n}`,
        },
      },
    ),
  ];
}
