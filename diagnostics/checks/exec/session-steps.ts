import type { EncryptionKey } from '../../facts/access/encryption-key.ts';
import type { ExecAccess } from '../../facts/exec-access.ts';
import type { Fix, Target } from '../../report.ts';
import { blocked, met, open, type Step } from './step.ts';

/** Whether the key that the cluster encrypts sessions with can be used. */
export function keySteps({ key }: ExecAccess, { region }: Target): Step[] {
  if (!key) return [];
  const about = "Session's key";
  if (!key.state.ok)
    return [
      open(about, `${key.id} could not be read`, key.state.notChecked.missing ?? key.state.notChecked.reason),
    ];
  const found = key.state.value;
  const state = found?.state ?? 'does not exist';
  if (state === 'Enabled') return [met(about, `${key.id} is enabled`)];
  const evidence = [
    {
      api: 'kms:DescribeKey',
      field: 'KeyMetadata.KeyState',
      value: state,
      cli: `aws kms describe-key --key-id ${key.id} --region ${region}`,
    },
  ];
  return [
    {
      ...blocked(about, 'exec-session-log-missing', `${key.id}: ${state}`, evidence),
      thing: key.id,
      fix: keyFix(key.id, found, region),
    },
  ];
}

/** A key that is not usable is never made anew: what it encrypted would be lost. */
function keyFix(id: string, found: EncryptionKey | undefined, region: string): Fix {
  const another = 'or name another key in the executeCommandConfiguration of the cluster';
  const commandOf = (operation: string) => `aws kms ${operation} --key-id ${found?.arn} --region ${region}`;
  if (found?.state === 'Disabled')
    return { summary: `Enable the key ${id}, ${another}.`, cli: commandOf('enable-key') };
  // A key whose deletion was called off is disabled.
  if (found?.state === 'PendingDeletion')
    return {
      summary: `Call off the deletion of the key ${id} and enable it, ${another}.`,
      cli: `${commandOf('cancel-key-deletion')}\n${commandOf('enable-key')}`,
    };
  return {
    summary: `Name a key that is enabled in place of ${id} in the executeCommandConfiguration of the cluster.`,
  };
}

/** Whether the log group that the cluster keeps sessions in is there, and encrypted where it has to be. */
export function groupSteps({ group }: ExecAccess): Step[] {
  if (!group) return [];
  const about = "Session's log";
  const { name, found, mustBeEncrypted } = group;
  if (!found.ok)
    return [open(about, `${name} could not be read`, found.notChecked.missing ?? found.notChecked.reason)];
  const missing = (text: string, value: string, fix?: Step['fix']): Step[] => [
    {
      ...blocked(about, 'exec-session-log-missing', text, [
        {
          api: 'logs:DescribeLogGroups',
          field: found.value ? 'logGroups[].kmsKeyId' : 'logGroups[].logGroupName',
          value,
          cli: `aws logs describe-log-groups --log-group-name-prefix ${name}`,
        },
      ]),
      thing: name,
      ...(fix && { fix }),
    },
  ];
  if (!found.value) return missing(`log group ${name} does not exist`, 'none');
  // Session Manager starts no session whose log is to be encrypted where its group is not.
  if (mustBeEncrypted && !found.value.kmsKeyId)
    return missing(`log group ${name} has no key, and the cluster asks for an encrypted log`, 'absent', {
      summary: `Encrypt the log group ${name} with a key that CloudWatch Logs may use, or turn cloudWatchEncryptionEnabled off in the cluster.`,
      cli: `aws logs associate-kms-key --log-group-name ${name} --kms-key-id KMS_KEY_ARN`,
    });
  return [met(about, `log group ${name} exists`)];
}
