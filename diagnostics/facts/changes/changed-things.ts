import type { ContainerInstance } from '@aws-sdk/client-ecs';
import { defineFact, type FactContext } from '../../fact.ts';
import { pulledImages, repositoryOf } from '../../image/pulled.ts';
import { instancesOfTasks } from '../container-instances.ts';
import { ecrImage, type ImageState } from '../image/repository.ts';
import { partOf, type Read } from '../read.ts';
import { changeBase } from './change-base.ts';
import { type ReadValue, valueActions, valuesOf } from './read-values.ts';

export interface TaggedImage {
  container: string;
  /** As the task definition has it. */
  image: string;
  state: Read<ImageState>;
}

/** What lies outside of the revisions and may change under a service that nobody touches. */
export interface ChangedThings {
  values: ReadValue[];
  images: TaggedImage[];
  /** Those that running and failed tasks are on; none on Fargate. */
  instances: Read<ContainerInstance[]>;
}

const imagesAtMost = 10;

export const changedThings = defineFact<ChangedThings>({
  id: 'changed-things',
  what: 'the secrets, images and instances',
  actions: [...changeBase.actions, ...valueActions, ...ecrImage.actions, ...instancesOfTasks.actions],
  async load(context) {
    const { compared, definitions } = await context.read(changeBase);
    const definition = definitions[compared.after.definition ?? ''];
    const [values, images, instances] = await Promise.all([
      definition ? valuesOf(context, definition) : [],
      definition ? imagesOf(context, definition) : [],
      context.settle(instancesOfTasks),
    ]);
    return { values, images, instances: partOf('the instances of the tasks', instances) };
  },
});

/** By tag only: a digest never means another image. */
async function imagesOf(
  { settle }: FactContext,
  definition: Parameters<typeof pulledImages>[0],
): Promise<TaggedImage[]> {
  const tagged = pulledImages(definition).flatMap((image) => {
    const repository = repositoryOf(image);
    if (!repository || !image.read.valid || image.read.digest !== undefined) return [];
    return image.read.tag === undefined ? [] : [{ image, repository, imageTag: image.read.tag }];
  });
  return Promise.all(
    tagged.slice(0, imagesAtMost).map(async ({ image, repository, imageTag }) => ({
      container: image.container,
      image: image.image,
      state: partOf(
        `when the image ${image.image} was pushed`,
        await settle(ecrImage, { ...repository, id: { imageTag } }),
      ),
    })),
  );
}
