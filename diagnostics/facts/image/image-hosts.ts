import type { ContainerInstance, Task } from '@aws-sdk/client-ecs';
import { defineFact } from '../../fact.ts';
import { computeOf } from '../../placement/compute.ts';
import { candidateOf, type FitContext, type LackKind } from '../../placement/fit.ts';
import { needsOf } from '../../placement/needs.ts';
import { judgedRevision } from '../access/judged-revision.ts';
import { containerInstances } from '../container-instances.ts';
import { containerInstancesById } from '../container-instances-by-id.ts';
import { asKey } from '../security-groups.ts';
import { service } from '../service.ts';
import { tasks } from '../tasks.ts';

export interface ImageHosts {
  instances: ContainerInstance[];
  /** `tasks`: tasks of the revision were placed there. `cluster`: none was anywhere, and these could take one. */
  from: 'tasks' | 'cluster';
  /** False where the cluster has more than were looked at. */
  complete: boolean;
}

/** The instances that run an image, or would: their processors and systems decide whether it fits. */
export const imageHosts = defineFact<ImageHosts>({
  id: 'image-hosts',
  what: 'the instances that the image is to run on',
  actions: [...new Set([...containerInstancesById.actions, ...containerInstances.actions])],
  async load({ read, target }) {
    const [{ definition }, known] = await Promise.all([read(judgedRevision), read(tasks)]);
    const all = [...known.running, ...known.stopping, ...known.stopped];
    // Those of other revisions too: other checks ask for all of them, and one call answers both.
    const found = await read(containerInstancesById, asKey(arnsOf(all)));
    const own = new Set(
      arnsOf(all.filter(({ taskDefinitionArn }) => taskDefinitionArn === definition.taskDefinitionArn)),
    );
    const instances = found.filter(({ containerInstanceArn = '' }) => own.has(containerInstanceArn));
    if (instances.length > 0 || target.service === undefined)
      return { instances, from: 'tasks', complete: instances.length === own.size };
    const [described, cluster] = await Promise.all([read(service), read(containerInstances)]);
    const providers = described ? computeOf(described).providers : [];
    const needs = needsOf(definition);
    const fits = (cluster?.instances ?? []).filter(
      (instance) =>
        (providers.length === 0 || providers.includes(instance.capacityProviderName ?? '')) &&
        !candidateOf(instance, needs, nothingElse).lacks.some(({ kind }) => forGood.has(kind)),
    );
    return { instances: fits, from: 'cluster', complete: cluster?.complete === true };
  },
});

/** What keeps a task from an instance whatever it has left; one that is full now may take it later. */
const forGood: ReadonlySet<LackKind> = new Set(['inactive', 'platform', 'attribute']);
const nothingElse: FitContext = { constraints: [], taken: [], zones: [], interfaces: {} };

function arnsOf(tasks: readonly Task[]): string[] {
  return tasks.flatMap(({ containerInstanceArn }) => containerInstanceArn ?? []);
}
