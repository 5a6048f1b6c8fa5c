import type { JudgedRight } from './judge-right.ts';
import { rightKey } from './right.ts';

/**
 * Rights of the roles of instances, put together: instances may have different roles, and where one of them may what
 * another may not, it hangs on where a task is placed. What a program was refused stays with the role that AWS named.
 */
export function overHosts(judged: readonly JudgedRight[]): JudgedRight[] {
  const groups = Map.groupBy(judged, plainKey);
  return judged.map((one) => {
    const { by, kind } = one.right;
    if (!by || kind === 'call' || (one.state !== 'denied' && one.state !== 'allowed')) return one;
    const others = groups.get(plainKey(one)) ?? [];
    const other = others.find(({ state }) => state !== 'denied');
    if (one.state === 'denied' && other) {
      const may = other.state === 'allowed' ? 'may' : 'may or may not';
      return open(one, `${nameOf(one)} may not, and ${nameOf(other)}, the role of other instances, ${may}`);
    }
    if (by.says !== undefined)
      return open(one, `${nameOf(one)} ${one.state === 'denied' ? 'may not' : 'may'}, and ${by.says}`);
    return one;
  });
}

function plainKey({ right }: JudgedRight): string {
  const { role, action, resource } = right;
  return rightKey({ role, action, resource });
}

function open(judged: JudgedRight, why: string): JudgedRight {
  return { right: judged.right, state: 'open', certain: false, why, mend: 'none' };
}

function nameOf({ right: { by } }: JudgedRight): string {
  return by?.arn.split('/').at(-1) ?? '';
}
