/**
 * What the composer offers while someone types: commands, the words of a command's usage hint, names after an @.
 * @typedef {import('../core/store.js').Store} Store
 * @typedef {{ insert: string, label: string, detail: string }} Offer
 * @typedef {{ from: number, offers: Offer[], hint: string | null, preselect: boolean }} Offers
 */

/** Words that stand between subcommands in a hint. */
const JOINERS = ['or', 'and'];

/**
 * The subcommands that a usage hint names: its lower-case words, placeholders and options left out. A bracketed or
 * barred list (`[status | logs] SERVICE`) reads the same as a plain one.
 * @param {string} hint
 */
export function wordsOf(hint) {
  const words = hint
    .replace(/<[^>]*>|\{[^}]*\}|--[\w-]+(?:[ =]\S+)?/g, ' ')
    .match(/(?<![\w-])[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?![\w-])/g);
  return [...new Set(words ?? [])].filter((word) => !JOINERS.includes(word));
}

/** @param {Store} store @param {string} text @param {number} caret @returns {Offers | null} */
function commands(store, text, caret) {
  const typed = text.slice(0, caret);
  const first = /^\/\S*$/.exec(typed);
  const all = store.state.app.commands;
  if (first) {
    const offers = all
      .filter((one) => one.command.startsWith(typed))
      .map((one) => ({
        insert: `${one.command} `,
        label: `${one.command} ${one.usage_hint ?? ''}`.trim(),
        detail: one.description ?? '',
      }));
    const exact = all.some((one) => one.command === typed);
    return { from: 0, offers, hint: null, preselect: !exact };
  }
  const command = all.find((one) => typed.startsWith(`${one.command} `));
  if (!command) return null;
  const hint = `${command.command} ${command.usage_hint ?? ''}`.trim();
  const second = /^(\/\S+\s+)(\S*)$/.exec(typed);
  if (!second) return { from: caret, offers: [], hint, preselect: false };
  const [, before = '', word = ''] = second;
  const words = wordsOf(command.usage_hint ?? '');
  const offers = words.includes(word) ? [] : words.filter((one) => one.startsWith(word));
  return {
    from: before.length,
    offers: offers.map((one) => ({ insert: `${one} `, label: one, detail: '' })),
    hint,
    preselect: word !== '',
  };
}

/** @param {Store} store @param {string} text @param {number} caret @returns {Offers | null} */
function mentions(store, text, caret) {
  const match = /(^|\s)@([^\s@]*)$/.exec(text.slice(0, caret));
  if (!match) return null;
  const query = (match[2] ?? '').toLowerCase();
  const { app, groups } = store.state;
  const all = [
    { insert: `@${app.name} `, label: app.name, detail: 'App', search: app.name },
    ...store.people().map((user) => ({
      insert: `@${user.real_name || user.name} `,
      label: user.real_name || user.name,
      detail: user.name,
      search: `${user.real_name} ${user.name}`,
    })),
    ...groups.map((group) => ({
      insert: `@${group.handle} `,
      label: group.handle,
      detail: group.name,
      search: `${group.handle} ${group.name}`,
    })),
  ];
  const offers = all.filter(
    (one) =>
      one.search
        .toLowerCase()
        .split(/\s+/)
        .some((word) => word.startsWith(query)) || one.search.toLowerCase().startsWith(query),
  );
  return { from: caret - query.length - 1, offers, hint: null, preselect: true };
}

/**
 * @param {Store} store
 * @param {string} text
 * @param {number} caret
 * @returns {Offers | null} null where there is nothing to offer
 */
export function offersFor(store, text, caret) {
  if (text.startsWith('/')) return commands(store, text, caret);
  return mentions(store, text, caret);
}
