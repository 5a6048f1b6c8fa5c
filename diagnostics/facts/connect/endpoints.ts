import type { Service } from '@aws-sdk/client-servicediscovery';
import { defineFact } from '../../fact.ts';
import { partOf, type Read } from '../read.ts';
import { service } from '../service.ts';
import { otherService } from './other-side.ts';
import { registeredService } from './registries.ts';

/** What Service Connect registered for the other end, by its ARN; nothing where one of the two does not use it. */
export const connectEndpoints = defineFact<Record<string, Read<Service>>>({
  id: 'connect-endpoints',
  what: 'the endpoints of Service Connect',
  actions: registeredService.actions,
  async load({ read, settle }) {
    const [from, to] = await Promise.all([read(service), read(otherService)]);
    const [client, server] = [from, to].map((one) =>
      one?.deployments?.find(({ status }) => status === 'PRIMARY'),
    );
    if (!client?.serviceConnectConfiguration?.enabled || !server?.serviceConnectConfiguration?.enabled)
      return {};
    const arns = (server.serviceConnectResources ?? []).flatMap(({ discoveryArn }) => discoveryArn ?? []);
    const entries = [...new Set(arns)].map(async (arn) => {
      // Its id would not do in a namespace that another account shares.
      const settled = await settle(registeredService, arn);
      return [arn, partOf(registeredService.what, settled)] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  },
});
