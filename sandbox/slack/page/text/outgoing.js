/**
 * What a person typed, as Slack's client sends it: escaped, with mentions and links in angle brackets.
 * @param {import('../core/store.js').Store} store
 * @param {string} typed
 */
export function outgoing(store, typed) {
  let text = typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const { app } = store.state;
  /** @type {[string, string][]} */
  const names = [
    [app.name, `<@${app.botUserId}>`],
    ...store.state.users.flatMap(
      (user) =>
        /** @type {[string, string][]} */ ([
          [user.real_name, `<@${user.id}>`],
          [user.name, `<@${user.id}>`],
        ]),
    ),
    ...store.state.groups.map(
      (group) => /** @type {[string, string]} */ ([group.handle, `<!subteam^${group.id}>`]),
    ),
  ];
  for (const [name, token] of names.filter(([one]) => one).sort((a, b) => b[0].length - a[0].length)) {
    text = text.replace(
      new RegExp(`(^|[\\s(])@${RegExp.escape(name)}(?![\\w])`, 'gi'),
      (_, before) => `${before}${token}`,
    );
  }
  return text.replace(/(^|\s)(https?:\/\/[^\s<>]+)/g, (_, before, url) => `${before}<${url}>`);
}
