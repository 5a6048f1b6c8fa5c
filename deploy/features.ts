import { diagnosing } from '#commands/diagnosing.ts';
import { checks } from '#diagnostics/checks/index.ts';
import { actionsOf, lookupActions } from '#diagnostics/doctor.ts';

/** Rights that are granted together: what one command needs beyond those that every answer is made of. */
export interface Feature {
  /** `base`, or the command's name. */
  name: string;
  summary: string;
  /** IAM actions, sorted. */
  actions: readonly string[];
}

/** The commands without which there is no product; what they cannot follow further is a feature of its own. */
const baseCommands = ['why-stopped', 'why-pending', 'status', 'deployment', 'events', 'logs'];

/** Every feature, the base first; together they are all that the program ever calls. */
export function features(): Feature[] {
  const extra = diagnosing.filter(({ name, checks: own }) => own && !baseCommands.includes(name));
  const base = baseActions();
  return [
    {
      name: 'base',
      summary: `The commands ${baseCommands.join(', ')}`,
      actions: base,
    },
    ...extra.map(({ name, summary, checks: own = [] }) => ({
      name,
      summary,
      actions: actionsOf(own).filter((action) => !base.includes(action)),
    })),
  ].filter(({ actions }) => actions.length > 0);
}

/** Every action of every feature, sorted. */
export function allActions(): string[] {
  return [...new Set(features().flatMap(({ actions }) => actions))].sort();
}

/** What the base commands begin with, and the further checks that no command of their own begins. */
function baseActions(): string[] {
  const begunBy = (names: (name: string) => boolean) =>
    diagnosing.filter(({ name }) => names(name)).flatMap(({ checks: own }) => own ?? []);
  const own = begunBy((name) => baseCommands.includes(name));
  const elsewhere = begunBy((name) => !baseCommands.includes(name));
  const further = checks.map(({ id }) => id).filter((id) => !elsewhere.includes(id));
  return [...new Set([...actionsOf([...own, ...further]), ...lookupActions])].sort();
}
