/** A text made comparable, with its case kept so that names can be read out of it. */
export interface Reading {
  text: string;
  lower: string;
  /** The service that an event's prefix named. */
  service?: string;
  /** The text came as the reason of a failed placement, so it stood in a service event. */
  placement: boolean;
}

/** ECS cuts its reasons at 1,024 characters, but a log line may hold 256 KB: its ends carry the meaning. */
const headLimit = 6_000;
const tailLimit = 2_000;

/** Bounds everything that follows: no pattern sees more than this, however long the text is. */
export function clip(text: string): string {
  if (text.length <= headLimit + tailLimit) return text;
  return `${text.slice(0, headLimit)} … ${text.slice(-tailLimit)}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with the escape character
const colours = /\u001b\[[0-9;]{0,12}[A-Za-z]/g;

/** Takes terminal colours out of a line. */
export function withoutColours(line: string): string {
  return line.includes('\u001b') ? line.replace(colours, '') : line;
}

const odd = /[^\x20-\x7e]|[()\\&]| {2}/;
const entities: Record<string, string> = {
  '&quot;': '"',
  '&#39;': "'",
  '&apos;': "'",
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
};

function plain(text: string): string {
  if (!odd.test(text)) return text;
  return (
    text
      .replace(colours, '')
      .replace(/&(?:quot|#39|apos|amp|lt|gt);/g, (entity) => entities[entity] ?? entity)
      .replace(/[‘’‚‛`´]/g, "'")
      .replace(/[“”„]/g, '"')
      .replace(/[‐-―]/g, '-')
      .replace(/\\{1,8}(["'])/g, '$1')
      .replace(/\\[nrt]/g, ' ')
      // Events put names in round brackets or do not, by age and by feature; nothing else hangs on them.
      .replace(/[()]/g, '')
      .replace(/\s{1,}/g, ' ')
  );
}

const label =
  /^"?(?:stopped ?reason|container ?reason|status ?reason|rollout ?state ?reason|reason|message|event)"? ?[:=] ?/i;
const stamp = /^\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:?[\d.,]{0,12}(?:Z|[+-]\d\d:?\d\d)?\]?[:,]? /;
const servicePrefix =
  /^service (?!deployments?\b|connect\b|quotas?\b|limits?\b|is\b|was\b|has\b|cannot\b|unavailable\b|event)'?([\w./-]{1,255}?)'?:? (?=\S)/i;
const placementPrefix = /^(?:was )?unable to (?:place a task|reach steady state)\. reason: /i;
const startPrefix = /^(?:task failed to start|taskfailedtostart): ?(?=\S)/i;
const edges = /^["' ]{1,3}|["' ]{1,3}$/g;

/**
 * Undoes what differs between platforms, years and paste buffers: quotes, brackets, white space, terminal
 * colours, and the prefixes that say where the text stood rather than what happened.
 */
export function normalise(raw: string): Reading {
  let text = plain(clip(raw)).replace(edges, '').replace(stamp, '').replace(label, '').replace(edges, '');
  const service = servicePrefix.exec(text)?.[1];
  if (service !== undefined) text = text.replace(servicePrefix, '');
  const placement = placementPrefix.test(text);
  if (placement) text = text.replace(placementPrefix, '');
  text = text.replace(startPrefix, '');
  const reading: Reading = { text, lower: text.toLowerCase(), placement };
  if (service !== undefined) reading.service = service;
  return reading;
}
