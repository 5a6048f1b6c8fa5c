import type { Deployment, Service, ServiceConnectService } from '@aws-sdk/client-ecs';
import { describeService } from '../by-hand.ts';
import { type Open, open, unread } from '../network/steps.ts';
import type { Evidence, Target } from '../report.ts';
import type { Block, Ends } from './way.ts';

/** Whether the proxies of the client were told of an endpoint. */
export type Told = { state: 'told' } | Open | { state: 'older'; found: OlderClient };

export type OlderClient = Pick<Block, 'sentence' | 'status'> & { evidence: readonly [Evidence, Evidence] };

/**
 * The proxies of a deployment know the endpoints that their namespace had when it began, and its replacement tasks know
 * no others: even a service that is a client alone has to be deployed again for one that was added later. An endpoint is
 * as old as its service in Cloud Map, whatever the age of the service of ECS that switched it on.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html
 */
export function toldOf(offered: ServiceConnectService, called: string, ends: Ends, target: Target): Told {
  const { from, to, region, endpoints } = ends;
  if (from.serviceName === to.serviceName) return { state: 'told' };
  const deployed = primaryOf(from)?.createdAt;
  if (!deployed)
    return open(
      `ECS does not tell when ${from.serviceName} was deployed`,
      'deployments[].createdAt of ecs:DescribeServices',
    );
  const arn = arnOf(offered, to);
  const registered = arn === undefined ? undefined : endpoints?.[arn];
  const created = registered?.ok ? registered.value.CreateDate : undefined;
  if (created && deployed >= created) return { state: 'told' };
  const client: Evidence = {
    api: 'ecs:DescribeServices',
    field: 'deployments[0].createdAt',
    value: `${deployed.toISOString()} (${from.serviceName})`,
    cli: describeService(target),
  };
  if (created) {
    const server: Evidence = {
      api: 'servicediscovery:GetService',
      field: 'Service.CreateDate',
      value: `${created.toISOString()} (${called})`,
      cli: `aws servicediscovery get-service --id ${arn} --region ${region}`,
    };
    const sentence = `${from.serviceName} was deployed before ${to.serviceName} offered ${called} by Service Connect, and its proxies do not know the name.`;
    return { state: 'older', found: { sentence, evidence: [client, server], status: 'confirmed' } };
  }
  if (to.createdAt && deployed < to.createdAt) {
    const server: Evidence = {
      api: 'ecs:DescribeServices',
      field: 'createdAt',
      value: `${to.createdAt.toISOString()} (${to.serviceName})`,
      cli: describeService({ ...target, service: to.serviceName }),
    };
    const sentence = `${from.serviceName} was deployed before ${to.serviceName} existed, and its proxies do not know it.`;
    // The endpoint of an earlier service of that name may have outlived it.
    return { state: 'older', found: { sentence, evidence: [client, server], status: 'likely' } };
  }
  if (registered && !registered.ok) return unread(`the age of ${called} in Cloud Map`, registered);
  return open(
    `when ${called} was created in Cloud Map is not known`,
    'Service.CreateDate of servicediscovery:GetService',
  );
}

/** Without a name for the discovery, that of the port stands in. */
function arnOf({ discoveryName, portName }: ServiceConnectService, to: Service): string | undefined {
  const resources = primaryOf(to)?.serviceConnectResources ?? [];
  return resources.find((one) => one.discoveryName === (discoveryName ?? portName))?.discoveryArn;
}

function primaryOf({ deployments = [] }: Service): Deployment | undefined {
  return deployments.find(({ status }) => status === 'PRIMARY');
}
