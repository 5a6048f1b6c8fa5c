import { defineFact } from '../../fact.ts';
import { pulledImages, repositoryOf } from '../../image/pulled.ts';
import type { NotChecked } from '../../report.ts';
import { compareStarts } from '../../startup/compare.ts';
import { largest } from '../../startup/phases.ts';
import { readyOf } from '../../startup/ready.ts';
import { ecrImage } from '../image/repository.ts';
import { partOf } from '../read.ts';
import { service } from '../service.ts';
import { deployedTaskDefinitions } from '../task-definitions.ts';
import { tasks } from '../tasks.ts';
import { checkSettings } from './check-settings.ts';
import { slowStarts } from './slow-starts.ts';

/** What a task of one revision pulls from ECR. */
export interface PullSizes {
  /** Compressed bytes of all its images that lie in private ECR, each once. */
  bytes: number;
  images: { container: string; bytes: number }[];
  /** Containers whose images lie elsewhere, or whose size was not told. */
  unknown: string[];
  notChecked: NotChecked[];
}

/** Of a task with more images than this, the others are left out. */
const imagesAtMost = 3;

/**
 * The sizes of the images of the newest tasks; undefined where pulling is not what takes longest, which costs no call.
 */
export const pullSizes = defineFact<PullSizes | undefined>({
  id: 'pull-sizes',
  what: 'the size of the images',
  actions: ecrImage.actions,
  async load({ read, settle, scope }) {
    const [described, known, definitions, groups, slow] = await Promise.all([
      read(service),
      read(tasks),
      settle(deployedTaskDefinitions),
      settle(checkSettings),
      settle(slowStarts),
    ]);
    if (!described) return undefined;
    const starts = compareStarts([...known.running, ...known.stopped], described, scope.now);
    const [task] = starts?.newest.tasks ?? [];
    if (!starts || !task) return undefined;
    const definition = definitions.ok ? definitions.value[task.taskDefinitionArn ?? ''] : undefined;
    const ready = readyOf(definition, groups.ok ? groups.value : [], slow.ok ? slow.value : {});
    const { provision, pull, boot } = starts.newest.phases;
    const phase = largest({
      ...(provision && { provision: provision.median }),
      ...(pull && { pull: pull.median }),
      ...(boot && { boot: boot.median }),
      ...(ready && { ready: ready.seconds }),
    });
    if (phase !== 'pull') return undefined;
    const images = pulledImages(
      definition ?? { containerDefinitions: task.containers?.map(({ name, image }) => ({ name, image })) },
    );
    const digests = new Map(task.containers?.map(({ name, imageDigest }) => [name, imageDigest]));
    const distinct = [...new Map(images.map((image) => [image.image, image])).values()].slice(
      0,
      imagesAtMost,
    );
    const sized = await Promise.all(
      distinct.map(async (image) => {
        const repository = repositoryOf(image);
        const imageDigest = digests.get(image.container);
        if (!repository || imageDigest === undefined) return { container: image.container };
        const state = partOf(
          `the size of ${image.image}`,
          await settle(ecrImage, { ...repository, id: { imageDigest } }),
        );
        if (!state.ok) return { container: image.container, notChecked: state.notChecked };
        const bytes = state.value.state === 'found' ? state.value.detail.imageSizeInBytes : undefined;
        return { container: image.container, bytes };
      }),
    );
    const found = sized.flatMap(({ container, bytes }) =>
      bytes === undefined ? [] : [{ container, bytes }],
    );
    return {
      bytes: found.reduce((sum, { bytes }) => sum + bytes, 0),
      images: found,
      unknown: sized.filter(({ bytes }) => bytes === undefined).map(({ container }) => container),
      notChecked: sized.flatMap(({ notChecked }) => notChecked ?? []),
    };
  },
});
