import { partitionOf } from '#src/aws/partition.ts';
import type { FixNames, Owner } from './causes/cause.ts';
import { consoleIn } from './console-hosts.ts';

/**
 * Addresses in the AWS console where a change is made by hand. Every part that comes from AWS is encoded. They open in
 * the account that the reader is signed in to.
 */

/** Where the owner of a cause changes something; undefined where nothing is known to point at. */
export function consoleOf(owner: Owner, names: FixNames): string | undefined {
  const at = placeOf(names);
  if (at === undefined || owner === 'nothing') return undefined;
  return ofResource(names.resource, at) ?? ofOwner(owner, names, at);
}

interface At {
  /** `https://us-east-1.console.aws.amazon.com` */
  base: string;
  region: string;
}

/** Undefined for a partition whose console is not known, and where no region is. */
function placeOf({ region, resource = '' }: FixNames): At | undefined {
  const [prefix, partition, , regionOfArn] = resource.split(':');
  const place = region ?? regionOfArn;
  const base = consoleIn(place);
  if (base === undefined || place === undefined) return undefined;
  // An ARN of another partition than its region is of a text that is not to be trusted.
  return prefix === 'arn' && partition !== partitionOf(place) ? undefined : { base, region: place };
}

/** The page of the thing itself, by its ARN or by the id of an EC2 resource. */
function ofResource(resource: string | undefined, { base, region }: At): string | undefined {
  const query = `region=${region}`;
  const id = /^(?<kind>sg|subnet|rtb|vpce|vpc|acl|nat|igw)-[0-9a-f]{8,17}$/.exec(resource ?? '')?.groups
    ?.kind;
  if (id !== undefined) {
    if (id === 'sg') return `${base}/ec2/home?${query}#SecurityGroup:groupId=${resource}`;
    return `${base}/vpcconsole/home?${query}#${vpcPages[id]}=${resource}`;
  }
  const [prefix, , service, , , ...rest] = (resource ?? '').split(':');
  const path = rest.join(':');
  if (prefix !== 'arn' || path === '') return undefined;
  const last = path.split('/').at(-1) ?? '';
  if (service === 'iam' && path.startsWith('role/')) return roleAddress(last, { base, region });
  if (service === 'secretsmanager' && path.startsWith('secret:')) {
    // The console knows a secret by its name; the ARN ends in six random characters more.
    const name = path.replace('secret:', '').replace(/-[A-Za-z0-9]{6}$/, '');
    return `${base}/secretsmanager/secret?name=${encodeURIComponent(name)}&${query}`;
  }
  if (service === 'ssm' && path.startsWith('parameter/')) {
    const name = path.replace('parameter', '');
    return `${base}/systems-manager/parameters/${encodeURIComponent(name)}/description?${query}`;
  }
  if (service === 'kms' && path.startsWith('key/'))
    return `${base}/kms/home?${query}#/kms/keys/${encodeURIComponent(last)}`;
  if (service === 'ecr' && path.startsWith('repository/')) {
    const account = (resource ?? '').split(':')[4] ?? '';
    if (!/^\d{12}$/.test(account)) return undefined;
    const name = path.replace('repository/', '');
    return `${base}/ecr/repositories/private/${account}/${encodeURIComponent(name)}?${query}`;
  }
  if (service === 'elasticfilesystem' && path.startsWith('file-system/'))
    return `${base}/efs/home?${query}#/file-systems/${encodeURIComponent(last)}`;
  if (service === 'elasticloadbalancing' && path.startsWith('targetgroup/'))
    return targetGroupAddress(resource ?? '', { base, region });
  if (service === 'elasticloadbalancing' && path.startsWith('listener-rule/')) {
    // The page of the listener shows all its rules in their order.
    const listener = (resource ?? '').replace(':listener-rule/', ':listener/').replace(/\/[^/]+$/, '');
    return `${base}/ec2/home?${query}#ELBListenerV2:listenerArn=${encodeURIComponent(listener)}`;
  }
  if (service === 'ecs' && path.startsWith('task/')) return taskAddress(path, { base, region });
  if (service === 'lambda' && path.startsWith('function:'))
    return `${base}/lambda/home?${query}#/functions/${encodeURIComponent(rest[1] ?? '')}`;
  if (service === 'logs' && path.startsWith('log-group:'))
    return logGroupAddress(path.replace('log-group:', '').replace(/:\*$/, ''), { base, region });
  return undefined;
}

const vpcPages: Readonly<Record<string, string>> = {
  subnet: 'SubnetDetails:subnetId',
  rtb: 'RouteTableDetails:RouteTableId',
  vpce: 'EndpointDetails:vpcEndpointId',
  vpc: 'VpcDetails:VpcId',
  acl: 'NetworkAclDetails:networkAclId',
  nat: 'NatGatewayDetails:natGatewayId',
  igw: 'InternetGateway:internetGatewayId',
};

function ofOwner(owner: Owner, names: FixNames, at: At): string | undefined {
  if (owner === 'execution-role') return roleOf(names.executionRoleArn, at) ?? definitionAddress(names, at);
  if (owner === 'task-role') return roleOf(names.taskRoleArn, at) ?? definitionAddress(names, at);
  if (owner === 'load-balancer' && names.targetGroupArn) return targetGroupAddress(names.targetGroupArn, at);
  if (owner === 'task-definition' || owner === 'image')
    return definitionAddress(names, at) ?? serviceAddress(names, at, 'configuration');
  if (owner === 'network') return serviceAddress(names, at, 'networking');
  if (owner === 'application') return serviceAddress(names, at, 'logs');
  return serviceAddress(names, at, 'health') ?? definitionAddress(names, at);
}

function roleOf(arn: string | undefined, at: At): string | undefined {
  const name = arn?.split('/').at(-1);
  return name === undefined || name === '' ? undefined : roleAddress(name, at);
}

function roleAddress(name: string, { base, region }: At): string {
  return `${base}/iam/home?region=${region}#/roles/details/${encodeURIComponent(name)}?section=permissions`;
}

function targetGroupAddress(arn: string, { base, region }: At): string {
  return `${base}/ec2/home?region=${region}#TargetGroup:targetGroupArn=${encodeURIComponent(arn)}`;
}

/** The console encodes a log group's name twice, with `$` for `%`. */
function logGroupAddress(name: string, { base, region }: At): string {
  const twice = encodeURIComponent(encodeURIComponent(name)).replaceAll('%', '$');
  return `${base}/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${twice}`;
}

/** `task/cluster/id`; before 2018 the ARN of a task did not name its cluster. */
function taskAddress(path: string, { base, region }: At): string | undefined {
  const [, cluster, id] = path.split('/');
  if (cluster === undefined || id === undefined) return undefined;
  return `${base}/ecs/v2/clusters/${encodeURIComponent(cluster)}/tasks/${encodeURIComponent(id)}?region=${region}`;
}

function definitionAddress({ family, revision }: FixNames, { base, region }: At): string | undefined {
  const [name = family, number] = revision?.split(':') ?? [];
  if (name === undefined) return undefined;
  const page = number === undefined ? '' : `/${encodeURIComponent(number)}/containers`;
  return `${base}/ecs/v2/task-definitions/${encodeURIComponent(name)}${page}?region=${region}`;
}

function serviceAddress(
  { cluster, service }: FixNames,
  { base, region }: At,
  tab: string,
): string | undefined {
  if (cluster === undefined || service === undefined) return undefined;
  return `${base}/ecs/v2/clusters/${encodeURIComponent(cluster)}/services/${encodeURIComponent(service)}/${tab}?region=${region}`;
}
