/** What somebody meant who wrote in Slack's mrkdwn: links, channels and entities as they were typed. */
export function spoken(text: string): string {
  return unescaped(text.replace(/<(?<body>[^<>]+)>/g, (_whole, body: string) => token(body)))
    .replaceAll('\u00a0', ' ')
    .trim();
}

/** Slack's three entities as the characters that they stand for. */
export function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function token(body: string): string {
  const bar = body.indexOf('|');
  const target = bar === -1 ? body : body.slice(0, bar);
  const label = bar === -1 ? '' : body.slice(bar + 1);
  if (target.startsWith('@')) return '';
  if (target.startsWith('#')) return label === '' ? target : `#${label}`;
  if (target.startsWith('!')) return label;
  // Slack links a bare `api.example` by itself: what was typed is the label then, and the address otherwise.
  const bare = target.replace(/^https?:\/\//, '');
  if (bare !== target) return label === bare ? label : target;
  return label === '' ? target : label;
}

/** The words after the mention of the bot, or before it where nothing follows. */
export function afterMention(text: string, botUserId: string): string {
  const mention = new RegExp(`<@${botUserId}(?:\\|[^>]*)?>`);
  const [before = '', ...after] = text.split(mention);
  const words = spoken(after.join(' '));
  return words === '' ? spoken(before) : words;
}
