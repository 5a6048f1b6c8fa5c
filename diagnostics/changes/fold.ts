import type { Happening } from '../changes-details.ts';
import type { Moment } from './moments.ts';

/** What tasks do in turn: starts and stops of a crash loop fold although each comes between two of the other. */
const inTurn: ReadonlySet<Happening['about']> = new Set(['tasks', 'event']);

/** Oldest first; alike moments are one row until something else happens: a deployment, a change, an alarm. */
export function folded(moments: readonly Moment[]): Happening[] {
  const ordered = moments.toSorted(
    (a, b) =>
      Date.parse(a.at) - Date.parse(b.at) || a.about.localeCompare(b.about) || a.text.localeCompare(b.text),
  );
  const rows: Moment[] = [];
  let open = new Map<string, Moment>();
  for (const moment of ordered) {
    if (!inTurn.has(moment.about)) open = new Map();
    const key = `${moment.about} ${moment.key}`;
    const known = open.get(key);
    if (known) {
      known.count += moment.count;
      known.lastAt = moment.at;
    } else {
      const row = { ...moment };
      rows.push(row);
      if (inTurn.has(moment.about)) open.set(key, row);
    }
  }
  return onlyFirstFailure(rows).map(({ key: _key, ...row }) => row);
}

/** The failure is where it begins; what follows of the same kind follows from it. */
function onlyFirstFailure(rows: readonly Moment[]): Moment[] {
  const first = rows.find(({ failure }) => failure);
  return rows.map((row) => {
    if (!row.failure || row === first) return row;
    const { failure: _failure, ...rest } = row;
    return rest;
  });
}
