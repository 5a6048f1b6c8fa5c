import type { Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { describeTask } from '../../by-hand.ts';
import { hasSecrets } from '../../changes/definition.ts';
import { digestField } from '../../changes/paths.ts';
import { short } from '../../changes/service-changes.ts';
import { tellsOfLogin } from '../../changes/telling.ts';
import { taskId } from '../../facts/log-location.ts';
import { findingOf, namesFor } from '../../findings.ts';
import type { Finding } from '../../report.ts';
import { revisionChanges } from '../../revision-change.ts';
import { answer } from '../../rules/explanation.ts';
import { effect, type Failing, logEvidenceOf } from './failing.ts';

/** What may lie in an image that starts and then ends; what it cannot reach does not. */
const ofTheImage = /^(?:app-(?!dependency|credentials|disk)|entrypoint-|exit-|oom-)/;

/** Tasks that run and tasks that fail were started from one image reference and hold different digests. */
export function movedTag(failing: Failing): Finding | undefined {
  const { group, line, revisions, clues, context } = failing;
  const { cause, stops } = group;
  const { culprit } = cause;
  if (culprit === undefined || !ofTheImage.test(cause.cause) || tellsOfLogin(line)) return undefined;
  const failed = stops.map(({ task }) => containerOf(task, culprit));
  const healthy = clues.tasks.running.filter(
    (task) => task.lastStatus === 'RUNNING' && isBefore(task, stops.at(-1)?.task),
  );
  const alive = healthy.map((task) => containerOf(task, culprit));
  const image = failed[0]?.image;
  const [bad, ...others] = [...new Set(failed.map((container) => container?.imageDigest))];
  const good = [...new Set(alive.map((container) => container?.imageDigest))];
  if (bad === undefined || others.length > 0 || good.length === 0 || good.includes(bad)) return undefined;
  if (good.includes(undefined) || alive.some((container) => container?.image !== image)) return undefined;
  const definition = clues.definitions[revisions.newest ?? ''];
  const definitions = healthy.map((task) => clues.definitions[task.taskDefinitionArn ?? '']);
  if (!definition || definitions.some((other) => !other || differs(other, definition))) return undefined;
  const sure = stops.length > 1 && !hasSecrets(definition);
  const title = `the tag ${tagOf(image)} means another image now`;
  const names = {
    ...namesFor(context.target, {
      ...(clues.service && { service: clues.service }),
      definition,
      container: culprit,
    }),
    ...(good.length === 1 && { resource: good[0] }),
    ...(image !== undefined && { image: image.replace(/:[^:/@]*$/, ''), repository: repositoryOf(image) }),
  };
  const [newest] = stops;
  const [oldest] = healthy;
  return {
    ...findingOf(
      answer('image-tag-moved', {
        status: sure ? 'confirmed' : 'likely',
        why: 'the digests of the tasks',
        ...(!sure && { decide: 'a start of the old digest, which shows whether the image is the reason' }),
      }),
      names,
      {
        subject: clues.service?.serviceArn ?? newest.task.taskArn,
        summary: `${short(good[0] ?? '')} runs, ${short(bad)} fails, both pulled as ${tagOf(image)}; nothing else differs, and ${effect(group, context)}.`,
        reasonOf: [cause.cause],
        evidence: [
          digestEvidence(newest.task, culprit, context.target),
          ...(oldest ? [digestEvidence(oldest, culprit, context.target)] : []),
          ...logEvidenceOf(failing),
        ],
        next: ['changes'],
      },
    ),
    title,
  };
}

function containerOf(task: Task, name: string) {
  return task.containers?.find((container) => container.name === name);
}

/** Only a task that was there before the failures shows what ran well. */
function isBefore(task: Task, first: Task | undefined): boolean {
  return (task.createdAt?.getTime() ?? 0) < (first?.createdAt?.getTime() ?? 0);
}

function differs(before: TaskDefinition, after: TaskDefinition): boolean {
  return before.taskDefinitionArn !== after.taskDefinitionArn && revisionChanges(before, after).length > 0;
}

function digestEvidence(task: Task, container: string, target: Parameters<typeof describeTask>[0]) {
  const digest = containerOf(task, container)?.imageDigest ?? '';
  return {
    api: 'ecs:DescribeTasks',
    field: digestField(container),
    value: `${digest} (task ${taskId(task).slice(0, 8)}, ${task.lastStatus})`,
    ...(task.createdAt && { at: task.createdAt.toISOString() }),
    cli: describeTask(target, taskId(task)),
  };
}

function tagOf(image: string | undefined): string {
  return image?.split('/').at(-1) ?? 'of the image';
}

function repositoryOf(image: string): string {
  return image.replace(/^[^/]*\//, '').replace(/:[^:/@]*$/, '');
}
