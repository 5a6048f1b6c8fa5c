import { library } from '#diagnostics/insights/library.ts';
import { longestUnconfirmed } from '#diagnostics/insights/window.ts';
import { whyUnread } from '#diagnostics/services.ts';
import { duration } from '#diagnostics/words.ts';
import {
  type Answer,
  CannotLook,
  type Command,
  type CommandContext,
  type Request,
  UsageError,
} from './command.ts';
import { diagnose } from './diagnose.ts';
import { nearest } from './near.ts';

const checks = ['insights'];
const names = library.map(({ name }) => name);
/** Milliseconds; a query over a busy group takes half a minute. */
const patience = 40_000;
/** For ending a query. Milliseconds. */
const cancelDeadline = 10_000;

export const insights: Command = {
  name: 'insights',
  summary: 'What the log holds, by a query: errors by pattern, exceptions, response times, 5xx, last lines',
  usage: 'SERVICE ENVIRONMENT',
  options: [
    'query',
    'since',
    'container',
    'compare',
    'wide',
    'cluster',
    'region',
    'task',
    'family',
    'private',
  ],
  examples: [
    'insights api prod',
    'insights api prod --query latency --since 1h',
    'insights api prod --query last-lines',
    'insights api prod --compare',
  ],
  patience,
  queries: true,
  checks,
  async run(request, context) {
    if (request.options.cancel !== undefined) return cancel(request, context);
    const query = queryOf(request);
    const { since = 0, wide } = request.options;
    const spans = query === 'compare' ? 2 : 1;
    if (since * spans > longestUnconfirmed && wide !== true) return confirmation(request, since, spans);
    return diagnose(request, context, checks, { query });
  },
};

/** @throws UsageError */
function queryOf({ service = 'SERVICE', environment = 'ENVIRONMENT', options }: Request): string {
  const { query, compare } = options;
  if (query !== undefined && !names.includes(query)) {
    const close = nearest(query, names);
    const hint = close.length > 0 ? `Did you mean ${close.join(' or ')}?` : `There are ${names.join(', ')}.`;
    const instead = (close.length > 0 ? close : names.slice(0, 3)).map(
      (name) => `insights ${service} ${environment} --query ${name}`,
    );
    throw new UsageError(`There is no query “${query}”. ${hint}`, instead);
  }
  if (compare !== true) return query ?? names[0] ?? '';
  if (query !== undefined && query !== 'compare')
    throw new UsageError('--compare is a query of its own: leave --query out.', [
      `insights ${service} ${environment} --compare`,
    ]);
  return 'compare';
}

/**
 * AWS bills what a query scans: more than a day of log is searched when somebody has said so.
 * @param spans how many of that length are searched; a comparison reads the one before it too
 */
function confirmation(request: Request, since: number, spans: number): Answer {
  const asked = (options: Partial<Request['options']>): Request => ({
    ...request,
    options: { ...request.options, ...options },
  });
  const all = duration(since * spans);
  const most = longestUnconfirmed / spans;
  const searched = spans === 1 ? `That searches ${all} of log` : `Both spans together are ${all} of log`;
  return {
    kind: 'choice',
    question: `${searched}, and AWS bills every gigabyte that is scanned. Search it?`,
    choices: [
      { label: `Search ${all}`, request: asked({ wide: true }) },
      { label: `Only the last ${spans === 1 ? 'day' : duration(most)}`, request: asked({ since: most }) },
    ],
  };
}

/** Ends a query that anybody's process has started; whoever waits for it then tells that it was cancelled. */
async function cancel({ environment = '', options }: Request, context: CommandContext): Promise<Answer> {
  const { cancel: queryId = '', region } = options;
  const home = context.session(environment);
  const session = region === undefined || region === home.region ? home : home.inRegion(region);
  const signal = AbortSignal.timeout(cancelDeadline);
  try {
    await session.connect({ signal, started: () => () => {} }).logs.stopQuery({ queryId });
    return { kind: 'done', text: 'The query is cancelled.' };
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'InvalidParameterException' || name === 'ResourceNotFoundException')
      return { kind: 'done', text: 'The query had ended already.' };
    throw new CannotLook(`The query could not be stopped: ${whyUnread(error)}`, { cause: error });
  }
}
