import type { Instance } from '@aws-sdk/client-ec2';
import { findsNoCredentials } from '../../access/lacks-credentials.ts';
import { defineFact } from '../../fact.ts';
import { crashLogs } from '../crash-logs.ts';
import { taskInstances } from '../network/hosts.ts';
import { judgedRevision } from './judged-revision.ts';

/** An instance below tasks whose program found no credentials, which there come from the instance's metadata. */
export type MetadataHost = Pick<Instance, 'InstanceId' | 'IamInstanceProfile' | 'MetadataOptions'>;

/** Asked only where a program without a task role found no credentials on EC2; empty elsewhere. */
export const hostMetadata = defineFact<MetadataHost[]>({
  id: 'host-metadata',
  what: 'the metadata options of the instances',
  actions: [...new Set([...crashLogs.actions, ...taskInstances.actions])],
  async load({ read, settle }) {
    const { launch, taskRoleArn } = await read(judgedRevision);
    if (launch !== 'ec2' || taskRoleArn !== undefined) return [];
    const logs = await settle(crashLogs);
    if (!logs.ok || !logs.value.some(findsNoCredentials)) return [];
    const hosts = await read(taskInstances);
    return hosts.map(({ instance: { InstanceId, IamInstanceProfile, MetadataOptions } }) => ({
      InstanceId,
      IamInstanceProfile,
      MetadataOptions,
    }));
  },
});
