import { codePoints, LIMITS } from './limits.ts';
import { type Problem, pointerTo } from './problem.ts';
import { isMisplaced, type Surface } from './surfaces.ts';
import { isRecord, type Node, objectsIn, textLength } from './walk.ts';

/** The rules that no single block can tell: how blocks get along with each other and with their surface. */
export function crossBlockProblems(blocks: readonly unknown[], surface: Surface, base: string): Problem[] {
  return [
    ...tooMany(blocks, surface, base),
    ...wrongSurface(blocks, surface, base),
    ...duplicateIds(blocks, base),
    ...counts(blocks, base),
    ...mixedPlans(blocks, base),
    ...totals(blocks, surface, base),
  ];
}

function tooMany(blocks: readonly unknown[], surface: Surface, base: string): Problem[] {
  const max = surface === 'modal' || surface === 'home' ? LIMITS.viewBlocks : LIMITS.messageBlocks;
  if (blocks.length <= max) return [];
  return [{ pointer: base, code: 'failed_constraint', message: `no more than ${max} items allowed` }];
}

function wrongSurface(blocks: readonly unknown[], surface: Surface, base: string): Problem[] {
  const problems: Problem[] = [];
  for (const { pointer, value } of objectsIn(blocks, base)) {
    const isTopLevel = pointer.lastIndexOf('/') === base.length;
    if (isTopLevel && typeof value.type === 'string' && isMisplaced(surface, value.type)) {
      problems.push({
        pointer: `${pointer}/type`,
        code: 'wrong_surface',
        message: `unsupported type: ${value.type} on surface ${surface}`,
      });
    }
    // The file of a slack_file image is not shared with the conversation that a response URL stands for.
    if (surface === 'response_url' && value.slack_file !== undefined) {
      problems.push({
        pointer: `${pointer}/slack_file`,
        code: 'wrong_surface',
        message: 'invalid slack file',
      });
    }
  }
  return problems;
}

/** block_id is unique within a message, action_id within its block. */
function duplicateIds(blocks: readonly unknown[], base: string): Problem[] {
  const problems: Problem[] = [];
  const blockIds = new Set<string>();
  for (const block of eachBlock(blocks, base)) {
    const actionIds = new Set<string>();
    problems.push(...repeated(block.value.block_id, blockIds, 'block_id', block.pointer));
    for (const { pointer, value } of ownObjects(block)) {
      problems.push(...repeated(value.action_id, actionIds, 'action_id', pointer));
    }
  }
  return problems;
}

/** The blocks, and those inside containers and carousels. */
function* eachBlock(blocks: readonly unknown[], base: string): Generator<Node> {
  for (const [index, value] of blocks.entries()) {
    if (!isRecord(value)) continue;
    const pointer = pointerTo(base, [index]);
    yield { pointer, value };
    const inner = NESTING[String(value.type)];
    const children = inner === undefined ? undefined : value[inner];
    if (inner !== undefined && Array.isArray(children)) yield* eachBlock(children, `${pointer}/${inner}`);
  }
}

const NESTING: Record<string, string> = { container: 'child_blocks', carousel: 'elements' };

/** The objects of a block without those of the blocks inside it. */
function ownObjects({ pointer, value }: Node): Iterable<Node> {
  const inner = NESTING[String(value.type)];
  return objectsIn(inner === undefined ? value : { ...value, [inner]: [] }, pointer);
}

function repeated(id: unknown, seen: Set<string>, field: string, pointer: string): Problem[] {
  if (typeof id !== 'string') return [];
  if (seen.has(id)) {
    const message = `${field} '${id}' already exists for another ${field === 'block_id' ? 'block' : 'element'}`;
    return [{ pointer: `${pointer}/${field}`, code: 'duplicate', message }];
  }
  seen.add(id);
  return [];
}

function counts(blocks: readonly unknown[], base: string): Problem[] {
  const problems: Problem[] = [];
  for (const [type, max] of [
    ['table', LIMITS.tables],
    ['data_visualization', LIMITS.charts],
  ] as const) {
    const surplus = [...objectsIn(blocks, base)].filter(({ value }) => value.type === type).slice(max);
    for (const { pointer } of surplus) {
      problems.push({
        pointer,
        code: 'failed_constraint',
        message: `no more than ${max} ${type} blocks allowed`,
      });
    }
  }
  return problems;
}

function mixedPlans(blocks: readonly unknown[], base: string): Problem[] {
  const types = blocks.map((block) => (isRecord(block) ? block.type : undefined));
  if (!types.includes('plan') || !types.includes('task_card')) return [];
  return [{ pointer: base, code: 'failed_constraint', message: 'plan and task_card must not be mixed' }];
}

/** Posts through a response URL are not held to the total; views have a size in bytes instead. */
function totals(blocks: readonly unknown[], surface: Surface, base: string): Problem[] {
  const problems: Problem[] = [];
  if (surface === 'message' && textLength(blocks) > LIMITS.messageText) {
    problems.push({
      pointer: base,
      code: 'too_long_in_total',
      message: `must be less than ${LIMITS.messageText + 1} characters over all blocks`,
    });
  }
  const markdown = blocks
    .filter(isRecord)
    .filter((block) => block.type === 'markdown')
    .reduce((sum, block) => sum + (typeof block.text === 'string' ? codePoints(block.text) : 0), 0);
  if (markdown > LIMITS.markdownText) {
    problems.push({
      pointer: base,
      code: 'failed_constraint',
      message: `must be less than ${LIMITS.markdownText + 1} characters over all markdown blocks`,
    });
  }
  return problems;
}
