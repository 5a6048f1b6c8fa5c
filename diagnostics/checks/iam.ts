import { overHosts } from '../access/by-host.ts';
import { type JudgedRight, judgeRight } from '../access/judge-right.ts';
import { keyPolicyOf } from '../access/key-rights.ts';
import type { Access } from '../access-details.ts';
import { defineCheck, type Outcome } from '../check.ts';
import { accessRoles } from '../facts/access/access-roles.ts';
import { hostMetadata } from '../facts/access/host-metadata.ts';
import { judgedRevision } from '../facts/access/judged-revision.ts';
import { type NeededPlaces, neededPlaces } from '../facts/access/needed-places.ts';
import { neededSecrets } from '../facts/access/needed-secrets.ts';
import { type RightReading, roleArnOf } from '../facts/access/right-readings.ts';
import { roleRights } from '../facts/access/role-rights.ts';
import { crashLogs } from '../facts/crash-logs.ts';
import type { Read } from '../facts/read.ts';
import { isNamesake, type RoleFact } from '../facts/role.ts';
import { tasks } from '../facts/tasks.ts';
import type { Finding } from '../report.ts';
import { couldNotTell, failureOf } from './could-not-tell.ts';
import { accessAnswer } from './iam/access-answer.ts';
import { accessNotes } from './iam/access-notes.ts';
import { accessState } from './iam/access-state.ts';
import { joined } from './iam/joined.ts';
import { type Known, knownOf } from './iam/known.ts';
import { metadataFindings } from './iam/metadata-findings.ts';
import { parameterFindings } from './iam/parameter-findings.ts';
import { placeFindings } from './iam/place-findings.ts';
import { rightFindings } from './iam/right-findings.ts';
import { roleFindings, roleStates } from './iam/role-findings.ts';
import { secretFindings } from './iam/secret-findings.ts';
import { taskRoleFindings } from './iam/task-role-findings.ts';
import { hasStops, textsSpeakOfAccess } from './iam/texts.ts';
import { unreadParts } from './iam/unread.ts';

/** Whether the roles of a revision exist, trust ECS and may do what its tasks need, and whether what it names is there. */
export const iam = defineCheck({
  id: 'iam',
  question: 'whether its roles may do what its tasks need',
  deepens: true,
  needs: { judgedRevision },
  wants: { accessRoles, neededSecrets, neededPlaces, roleRights, tasks, crashLogs, hostMetadata },
  judge(facts, context): Outcome {
    const revision = facts.judgedRevision;
    const places = facts.neededPlaces?.ok ? facts.neededPlaces.value : undefined;
    const secrets = facts.neededSecrets?.ok ? facts.neededSecrets.value : undefined;
    const roles = facts.accessRoles?.ok ? facts.accessRoles.value : undefined;
    // Half the facts would call open what the other half decides.
    const awaited = [
      facts.accessRoles,
      facts.neededSecrets,
      facts.neededPlaces,
      facts.roleRights,
      facts.tasks,
      facts.crashLogs,
      facts.hostMetadata,
    ];
    if (awaited.includes(undefined)) return { findings: [] };
    // Nothing can be called right whose facts did not come at all.
    const failed = failureOf([facts.accessRoles, facts.neededSecrets, facts.neededPlaces, facts.roleRights]);
    const all = facts.roleRights?.ok ? facts.roleRights.value : [];
    // Of a role that does not exist nothing can be simulated, and nothing is left to say.
    const readings = all.filter(
      ({ right }) => !isMissing(roles?.[right.role], roleArnOf(revision, right) ?? ''),
    );
    const judged = readings.map(
      (reading): JudgedRight =>
        judgeRight(reading, {
          account: revision.home.account,
          roleArn: roleArnOf(revision, reading.right) ?? '',
          roleId: reading.right.by ? undefined : idOf(roles?.[reading.right.role]),
          onInstance: revision.launch === 'ec2' && revision.executionRoleArn !== undefined,
          policyOf: (right) => policyOn(right.resource, places, secrets),
        }),
    );
    const rights = overHosts(judged);
    const known = knownOf(context, revision, {
      roles,
      secrets,
      places,
      rights,
      tasks: facts.tasks?.ok ? facts.tasks.value : undefined,
    });
    const states = roleStates(known);
    const logs = facts.crashLogs?.ok ? facts.crashLogs.value : [];
    const hosts = facts.hostMetadata?.ok ? facts.hostMetadata.value : [];
    const findings = [
      ...findingsOf(known, states),
      ...taskRoleFindings(known, logs),
      ...metadataFindings(known, logs, hosts),
    ];
    const isTold = findings.length > 0 || textsSpeakOfAccess(known, logs);
    const elsewhere =
      !isTold && hasStops(known)
        ? ['Tasks of it stop, and not for want of a right; why-stopped says what for.']
        : [];
    return {
      findings,
      details: {
        access: accessState(known, states) satisfies Access,
        notes: [...accessNotes(known), ...elsewhere],
      },
      answer: failed ? couldNotTell('what its roles may do', failed) : accessAnswer(known, states),
      // What AWS wrote when tasks stopped outranks a simulation. Why they stop otherwise is another question.
      next: isTold ? ['stopped-tasks', 'service-state'] : [],
      notChecked: unreadParts(known, all),
    };
  },
});

function findingsOf(known: Known, states: ReturnType<typeof roleStates>): Finding[] {
  const secrets = [...secretFindings(known), ...parameterFindings(known)];
  const missing = new Set(
    secrets.filter(({ cause }) => cause.endsWith('-not-found')).map(({ subject }) => subject),
  );
  // Whether a secret that is not there might be read matters to nobody.
  const rights = known.rights.filter(({ right }) => !missing.has(right.resource));
  return joined([
    ...roleFindings(known, states),
    ...secrets,
    ...rightFindings({ ...known, rights }),
    ...placeFindings(known),
  ]);
}

function isMissing(role: Read<RoleFact> | undefined, arn: string): boolean {
  return role?.ok === true && (role.value.missing || isNamesake(role.value, arn));
}

function idOf(role: Read<RoleFact> | undefined): string | undefined {
  return role?.ok && !role.value.missing ? role.value.id : undefined;
}

/** The policy that hangs on a key or a file system, as far as it was read. */
function policyOn(
  resource: string,
  places: NeededPlaces | undefined,
  secrets: Known['secrets'],
): RightReading['policy'] {
  const volume = places?.volumes.find(({ fileSystem }) => resource.endsWith(`:file-system/${fileSystem}`));
  if (volume) return volume.policy;
  return keyPolicyOf(secrets, resource);
}
