import { describe, expect, it } from 'vitest';
import type { FactContext } from '#diagnostics/fact.ts';
import { existenceOf, pinnedExistence } from '#diagnostics/facts/image/existence.ts';
import type { ImageFacts } from '#diagnostics/facts/image/image-states.ts';
import type { ImageQuestion } from '#diagnostics/image/question.ts';
import { imageQuestion } from '#diagnostics/image/question.ts';
import { readImage } from '#diagnostics/image/reference.ts';
import { definition, minutesAgo, revision, stopped } from '../checks/facts.ts';

const host = '222222222222.dkr.ecr.us-east-1.amazonaws.com';
const digestOf = (letter: string) => `sha256:${letter.repeat(64)}`;
const place = { account: '222222222222', region: 'us-east-1' };
const image = `${host}/shop/api:1`;
const facts = (running: string[]): ImageFacts => ({
  image: { container: 'app', image, read: readImage(image), versioned: true },
  running,
  pulled: running.length > 0,
  pinned: true,
});
const question = (digests: ImageQuestion['digests'] = []): ImageQuestion => ({
  aspects: ['existence'],
  causes: [],
  containers: [],
  digests,
});

/** ECR holds the tag, unless told, and these digests; ECS pinned the newest deployment to `pin`. */
function contextWith(held: string[], pin?: string, hasTag = true): FactContext {
  const settle = async (source: { id: string }, key: { id: { imageTag?: string; imageDigest?: string } }) => {
    if (source.id === 'service-revisions') {
      const containerImages = [{ containerName: 'app', image, imageDigest: pin }];
      const value = {
        old: { taskDefinition: revision(1), createdAt: minutesAgo(900), containerImages: [] },
        new: { taskDefinition: revision(1), createdAt: minutesAgo(5), containerImages },
        other: { taskDefinition: revision(2), createdAt: minutesAgo(1), containerImages: [] },
      };
      return { ok: true, value };
    }
    const { imageTag, imageDigest = '' } = key.id;
    const isHeld = imageTag === undefined ? held.includes(imageDigest) : hasTag;
    const state = isHeld ? 'found' : 'no-image';
    return { ok: true, value: { state, detail: { imageDigest } } };
  };
  return { settle } as object as FactContext;
}

describe('the digest that the next task asks for', () => {
  it('is that of the text which names this very repository', async () => {
    const digests = [
      { name: `${host}/other/api`, digest: digestOf('a') },
      { name: `${host}/shop/api`, digest: digestOf('b') },
    ];
    const repository = { ...place, name: 'shop/api' };
    const found = await existenceOf(contextWith([]), question(digests), facts([]), repository);
    expect(found.digest).toBe(digestOf('b'));
  });

  it('is asked for by the tag alone where that means what runs', async () => {
    const asked: object[] = [];
    const detail = { imageDigest: digestOf('a') };
    const settle = async (_: object, { id }: { id: object }) => {
      asked.push(id);
      return { ok: true, value: { state: 'found', detail } };
    };
    const repository = { ...place, name: 'shop/api' };
    const context = { settle } as object as FactContext;
    const found = await existenceOf(context, question(), facts([digestOf('a')]), repository);
    expect(asked).toEqual([{ imageTag: '1' }]);
    expect(found.byDigest).toMatchObject({ value: { state: 'found', detail } });
  });

  it.each([
    [
      'what the newest deployment was pinned to, where older tasks still run',
      digestOf('b'),
      digestOf('b'),
      'found',
    ],
    ['what runs, where it was pinned to that', digestOf('a'), digestOf('a'), 'no-image'],
    ['what runs, where nothing says what it was pinned to', undefined, digestOf('a'), 'no-image'],
  ])('is %s', async (_, pin, digest, state) => {
    const context = contextWith([digestOf('b')], pin);
    const repository = { ...place, name: 'shop/api' };
    const first = await existenceOf(context, question(), facts([digestOf('a')]), repository);
    const found = await pinnedExistence(
      context,
      revision(1),
      question(),
      facts([digestOf('a')]),
      repository,
      first,
    );
    expect(found.digest).toBe(digest);
    expect(found.byDigest).toMatchObject({ value: { state } });
  });
});

describe('a tag that is gone while no task runs', () => {
  it.each([
    [
      'is not asked for where the digest that it was pinned to is there',
      digestOf('b'),
      [digestOf('b')],
      'found',
    ],
    ['leaves a digest that is gone, too', digestOf('b'), [], 'no-image'],
    ['leaves nothing where nothing was pinned', undefined, [digestOf('b')], undefined],
  ])('%s', async (_, pin, held, state) => {
    const context = contextWith(held, pin, false);
    const repository = { ...place, name: 'shop/api' };
    const first = await existenceOf(context, question(), facts([]), repository);
    expect(first.byTag).toMatchObject({ value: { state: 'no-image' } });
    const found = await pinnedExistence(context, revision(1), question(), facts([]), repository, first);
    expect(found.byDigest?.ok && found.byDigest.value.state).toBe(state ?? undefined);
  });
});

describe('images that the texts name', () => {
  it('are told apart by their names, without tags', () => {
    const text = `CannotPullContainerError: failed to resolve ref ${host}/shop/api:1@${digestOf('c')}: not found`;
    const { digests } = imageQuestion({
      stopped: [
        stopped(3, { taskDefinitionArn: revision(1), stopCode: 'TaskFailedToStart', stoppedReason: text }, [
          { name: 'app', reason: text },
        ]),
      ],
      running: [],
      definitionArn: revision(1),
      definitions: { [revision(1)]: definition(1) },
      logs: [],
      all: false,
    });
    expect(digests[0]).toEqual({ name: `${host}/shop/api`, digest: digestOf('c') });
  });
});
