import type { ServiceRevision } from '@aws-sdk/client-ecs';
import { listed } from '../words.ts';

/** What differs between two service revisions, each in a phrase. The task definition is told apart. */
export function serviceChanges(before: ServiceRevision, after: ServiceRevision): string[] {
  const [was, is] = [before, after].map((revision) => revision.networkConfiguration?.awsvpcConfiguration);
  return [
    ...lists('security groups', was?.securityGroups, is?.securityGroups),
    ...lists('subnets', was?.subnets, is?.subnets),
    ...values('public address', was?.assignPublicIp, is?.assignPublicIp),
    ...lists('target groups', targetGroups(before), targetGroups(after)),
    ...values('platform version', before.platformVersion, after.platformVersion),
    ...values('platform family', before.platformFamily, after.platformFamily),
    ...values('launch type', before.launchType, after.launchType),
    ...lists('capacity providers', providers(before), providers(after)),
    ...digests(before, after),
    ...structures(before, after),
  ];
}

const told = new Set([
  'serviceRevisionArn',
  'serviceArn',
  'clusterArn',
  'taskDefinition',
  'createdAt',
  'networkConfiguration',
  'loadBalancers',
  'platformVersion',
  'platformFamily',
  'launchType',
  'capacityProviderStrategy',
  'containerImages',
  'resolvedConfiguration',
]);

/** Whatever else ECS keeps of a revision is only said to have changed. */
function structures(before: ServiceRevision, after: ServiceRevision): string[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => !told.has(key),
  );
  return fields
    .filter((field) => text(Reflect.get(before, field)) !== text(Reflect.get(after, field)))
    .map((field) => `${inWords(field)} changed`);
}

function text(value: unknown): string {
  if (value === undefined || value === null || value === false) return '';
  if (typeof value === 'object' && Object.keys(value).length === 0) return '';
  return JSON.stringify(value);
}

/** `serviceConnectConfiguration` → `service connect configuration` */
function inWords(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function lists(name: string, before: readonly string[] = [], after: readonly string[] = []): string[] {
  const added = after.filter((one) => !before.includes(one));
  const removed = before.filter((one) => !after.includes(one));
  const parts = [
    removed.length > 0 ? `${listed(removed)} removed` : '',
    added.length > 0 ? `${listed(added)} added` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? [] : [`${name}: ${parts.join(', ')}`];
}

function values(name: string, before: string | undefined, after: string | undefined): string[] {
  return before === after ? [] : [`${name} ${before ?? 'none'} → ${after ?? 'none'}`];
}

function targetGroups({ loadBalancers = [] }: ServiceRevision): string[] {
  return loadBalancers.flatMap(({ targetGroupArn, loadBalancerName, containerName, containerPort }) => {
    const group = targetGroupArn?.split('/')[1] ?? loadBalancerName;
    return group === undefined ? [] : `${group} to ${containerName}:${containerPort}`;
  });
}

function providers({ capacityProviderStrategy = [] }: ServiceRevision): string[] {
  return capacityProviderStrategy.map(
    ({ capacityProvider, weight = 0, base = 0 }) => `${capacityProvider} (weight ${weight}, base ${base})`,
  );
}

/** The same reference that means another image; where the reference differs, the task definition says it. */
function digests(before: ServiceRevision, after: ServiceRevision): string[] {
  return (after.containerImages ?? []).flatMap(({ containerName, image, imageDigest }) => {
    const old = before.containerImages?.find((one) => one.containerName === containerName);
    if (!old?.imageDigest || !imageDigest || old.image !== image || old.imageDigest === imageDigest)
      return [];
    return `${containerName}: ${image?.split('/').at(-1)} means another image, ${short(old.imageDigest)} → ${short(imageDigest)}`;
  });
}

/** As much of a digest as tells it from others. */
export function short(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 12);
}
