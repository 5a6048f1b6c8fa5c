import { boundaryFix, rightsFix } from '../../access/fix.ts';
import type { PullRightState } from '../../image/may-pull.ts';
import { boundary } from '../../policy/read-simulation.ts';
import { roleConsole } from '../../policy/statement.ts';
import type { Fix } from '../../report.ts';
import { listed } from '../../words.ts';
import type { Known } from './known.ts';

/** What to change at the role that pulls: a statement more, or one less where something denies it. */
export function identityFix(known: Known, denied: readonly PullRightState[], roleArn: string): Fix {
  const name = roleArn.split('/').at(-1) ?? roleArn;
  const deny = denied.find((right) => right.deny !== undefined);
  if (deny?.deny?.policy === boundary)
    return boundaryFix(roleArn, deny.action, known.facts.repository?.name ?? 'it');
  if (deny) {
    const console = roleConsole(roleArn);
    return {
      summary: `Take ${deny.action} out of what denies it to ${name} (${deny.why}); an allow does not outweigh a deny.`,
      ...(console && { console }),
    };
  }
  const lacking = new Set(denied.map(({ action, resource }) => `${action} ${resource}`));
  const isHost = roleArn !== known.revision.executionRoleArn;
  const hosts = known.facts.hosts?.ok ? known.facts.hosts.value.pullers : [];
  const asked = isHost ? hosts.find(({ role }) => role.arn === roleArn)?.rights : known.facts.rights;
  const rights = (asked ?? []).flatMap(({ right }) =>
    lacking.has(`${right.action} ${right.resource}`) ? [right] : [],
  );
  const actions = listed(rights.map(({ action }) => action));
  return {
    summary: isHost
      ? `Allow ${actions} to the role of the instance, ${name}, or name an execution role that may pull.`
      : `Allow ${actions} to the execution role ${name}; the task role is not asked.`,
    ...rightsFix(roleArn, rights),
  };
}
