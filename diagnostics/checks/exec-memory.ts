import { defineCheck } from '../check.ts';
import { execMemory } from '../facts/exec-memory.ts';

/** Percent of its memory from which a task has no room left for a session beside it. */
const tight = 90;

/**
 * Whether a session may end for want of memory: asked only where nothing else stands in its way, or where the agent is
 * gone and nothing says why. It is a hint and no finding: the metric is that of all tasks of the service.
 */
export const execMemoryCheck = defineCheck({
  id: 'exec-memory',
  question: 'whether its tasks have memory left for a session',
  needs: { execMemory },
  wants: {},
  judge({ execMemory: memory }) {
    const { peak, minutes } = memory ?? {};
    if (peak === undefined || peak < tight) return { findings: [] };
    const notes = [
      `Memory: a task of the service used ${Math.round(peak)} % of what it has in the last ${minutes} minutes. Near its limit the kernel may kill the agent or the session instead of the program, and ECS starts the agent again.`,
    ];
    return { findings: [], details: { notes } };
  },
});
