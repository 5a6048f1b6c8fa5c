import type { Service, Task } from '@aws-sdk/client-ecs';
import type { InstanceSummary } from '@aws-sdk/client-servicediscovery';
import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { addressOf, vpcOf } from './network.ts';
import { hex } from './seeded.ts';

interface Told {
  /** The name below the namespace. */
  name: string;
  /** Absent: `ENVIRONMENT.internal`. */
  namespace?: string;
  /** The VPCs that the private hosted zone is associated with; absent: that of the environment. */
  vpcs?: string[];
  instances: InstanceSummary[];
}

/** The registry of a name, as a service of ECS names it. */
export function registryOf(place: Place, name: string): Pick<Service, 'serviceRegistries'> {
  const arn = `arn:aws:servicediscovery:${place.region}:${place.account}:service/${registryId(place, name)}`;
  return { serviceRegistries: [{ registryArn: arn, containerPort: 8080, containerName: 'app' }] };
}

function registryId(place: Place, name: string): string {
  return `srv-${hex(`${place.cluster} registry ${name}`, 16)}`;
}

/** A name in a private namespace of Cloud Map, with the instances that it answers with. */
export function cloudMapOf(place: Place, told: Told): Partial<World> {
  const { name, namespace = `${place.environment}.internal`, vpcs = [vpcOf(place)], instances } = told;
  const arn = `arn:aws:servicediscovery:${place.region}:${place.account}`;
  const id = registryId(place, name);
  const namespaceId = `ns-${hex(`${place.cluster} namespace ${namespace}`, 16)}`;
  const zone = `Z0${hex(`${place.cluster} zone ${namespace}`, 18).toUpperCase()}`;
  return {
    cloudMapInstances: { [id]: instances },
    cloudMapServices: [
      {
        Id: id,
        Arn: `${arn}:service/${id}`,
        Name: name,
        NamespaceId: namespaceId,
        Type: 'DNS_HTTP',
        DnsConfig: { RoutingPolicy: 'MULTIVALUE', DnsRecords: [{ Type: 'A', TTL: 15 }] },
        HealthCheckCustomConfig: { FailureThreshold: 1 },
        InstanceCount: instances.length,
      },
    ],
    cloudMapNamespaces: [
      {
        Id: namespaceId,
        Arn: `${arn}:namespace/${namespaceId}`,
        Name: namespace,
        Type: 'DNS_PRIVATE',
        Properties: {
          DnsProperties: { HostedZoneId: zone, SOA: { TTL: 15 } },
          HttpProperties: { HttpName: namespace },
        },
      },
    ],
    hostedZones: [
      {
        zone: { HostedZoneId: zone, Name: `${namespace}.`, Owner: { OwningAccount: place.account } },
        vpcs: vpcs.map((VPCId) => ({
          VPCId,
          VPCRegion: place.region === 'us-east-1' ? 'us-east-1' : 'eu-west-1',
        })),
      },
    ],
  };
}

/** What ECS registers for a name of Service Connect when a service first offers it. */
export function endpointOf(
  place: Place,
  name: string,
  CreateDate: Date,
): { arn: string; world: Partial<World> } {
  const id = `srv-${hex(`${place.cluster} endpoint ${name}`, 16)}`;
  const arn = `arn:aws:servicediscovery:${place.region}:${place.account}:service/${id}`;
  const service = { Id: id, Arn: arn, Name: name, Type: 'HTTP' as const, CreateDate };
  return { arn, world: { cloudMapServices: [service] } };
}

/** The tasks of a service as ECS registers them. */
export function registered(tasks: readonly Task[] = [], service: string): InstanceSummary[] {
  return tasks
    .filter(({ group }) => group === `service:${service}`)
    .map(({ taskArn = '', attachments }) => ({
      Id: taskArn.split('/').at(-1),
      Attributes: {
        AWS_INSTANCE_IPV4: addressOf(attachments) ?? '',
        AWS_INSTANCE_PORT: '8080',
        ECS_SERVICE_NAME: service,
      },
    }));
}
