/** Where blocks are shown. */
export type Surface = 'message' | 'ephemeral' | 'response_url' | 'modal' | 'home';

const CLASSIC = ['section', 'header', 'divider', 'context', 'actions', 'image', 'rich_text', 'input'];

/**
 * The block types of each surface. Slack publishes no list for ephemeral messages and response URLs: only the
 * classic blocks are known to be accepted there, so anything newer is refused here. Alerts exist in modals
 * only, and a file block cannot be sent at all.
 */
const ALLOWED: Record<Surface, ReadonlySet<string>> = {
  message: new Set([
    ...CLASSIC,
    'card',
    'carousel',
    'container',
    'context_actions',
    'data_table',
    'data_visualization',
    'markdown',
    'plan',
    'table',
    'task_card',
    'video',
  ]),
  ephemeral: new Set(CLASSIC),
  response_url: new Set(CLASSIC),
  modal: new Set([...CLASSIC, 'alert', 'video']),
  home: new Set([...CLASSIC, 'video']),
};

const KNOWN = new Set([...Object.values(ALLOWED).flatMap((types) => [...types]), 'file']);

/** Whether a block of this type exists but is not shown on this surface. */
export function isMisplaced(surface: Surface, blockType: string): boolean {
  return !ALLOWED[surface].has(blockType) && KNOWN.has(blockType);
}
