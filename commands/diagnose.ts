import type { Answer } from './command.ts';
import type { diagnose as run } from './engine.ts';

/**
 * As the engine's `diagnose`. The engine with all its checks and facts is loaded by the first question: the thread that
 * talks to Slack only reads what the commands are called and take, and never carries one out.
 */
export async function diagnose(...asked: Parameters<typeof run>): Promise<Answer> {
  const engine = await import('./engine.ts');
  return engine.diagnose(...asked);
}
