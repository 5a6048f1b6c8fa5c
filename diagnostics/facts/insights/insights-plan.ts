import type { Task } from '@aws-sdk/client-ecs';
import { defineFact, type FactContext } from '../../fact.ts';
import { queryNamed } from '../../insights/library.ts';
import { type LogPlace, placeOf, streamCondition } from '../../insights/place.ts';
import type { Frame } from '../../insights/query.ts';
import { type LogShape, unknownShape } from '../../insights/shape.ts';
import { longestUnconfirmed, windowOf } from '../../insights/window.ts';
import type { NotChecked } from '../../report.ts';
import { stopTime } from '../../stop-time.ts';
import { readStop } from '../../stops.ts';
import { logGroup } from '../access/log-group.ts';
import { logLocation } from '../log-location.ts';
import { notCheckedOf } from '../read.ts';
import { type TaskDefinitions, taskDefinitions } from '../task-definitions.ts';
import { tasks } from '../tasks.ts';
import { logShape } from './log-shape.ts';

/** A query that is ready to be run, or why there is none. */
export type InsightsPlan =
  | { kind: 'query'; place: LogPlace; text: string; frame: Frame; notes: string[]; notChecked: NotChecked[] }
  /** The log is not where Logs Insights reads, or holds nothing that the query could read. */
  | { kind: 'none'; text: string; notChecked: NotChecked[] };

/** Containers of which lines are read to learn what their fields are called, a call each. */
const sampledAtMost = 3;

/** Where to search, when, and by which words: from the tasks, their revisions and the newest lines of one of them. */
export const insightsPlan = defineFact<InsightsPlan>({
  id: 'insights-plan',
  what: 'where the log is',
  actions: [...logShape.actions, ...logGroup.actions],
  async load(context) {
    const { scope, target } = context;
    const [{ stopped, running }, definitions] = await Promise.all([
      context.read(tasks),
      context.read(taskDefinitions),
    ]);
    const failed = stopped.find((task) => readStop(task, definitions).explanations[0].severity !== 'info');
    const chosen = failed ?? newest(running) ?? stopped[0];
    const placed = placeOf(inOrder(definitions, chosen), [...stopped, ...running], {
      account: target.account,
      container: scope.container,
      task: target.task,
    });
    if (placed.kind === 'elsewhere') return { kind: 'none', text: placed.text, notChecked: [] };
    const { place } = placed;
    const query = queryNamed(scope.query);
    const [{ shape, notChecked: unsampled }, { plainClass, notChecked: unread }] = await Promise.all([
      sampled(context, place, chosen, definitions),
      query.clusters === true ? classOf(context, place) : unclassed,
    ]);
    const notChecked = [...unsampled, ...unread];
    if (plainClass === 'DELIVERY')
      return {
        kind: 'none',
        text: `${place.groups.join(', ')} is of the class DELIVERY, which no query reads`,
        notChecked,
      };
    const usual = windowOf(scope.now, scope.since, failed && new Date(stopTime(failed)));
    const frame: Frame = {
      shape,
      window: usual,
      stopped,
      ...(plainClass !== undefined && { plainClass }),
    };
    const own = scope.since ? undefined : query.window?.(frame);
    const window = own && own.to.getTime() - own.from.getTime() <= longestUnconfirmed ? own : usual;
    const commands = query.commands({ ...frame, window });
    if ('unknown' in commands) return { kind: 'none', text: commands.unknown, notChecked };
    if ('lacks' in commands) return { kind: 'none', text: lacking(commands.lacks, place, shape), notChecked };
    const condition = streamCondition(place);
    const text = [...(condition === undefined ? [] : [`filter ${condition}`]), ...commands].join('\n| ');
    return { kind: 'query', place, text, frame: { ...frame, window }, notes: placed.notes, notChecked };
  },
});

/** The revision of the task that matters, then the others. */
function inOrder(definitions: TaskDefinitions, chosen: Task | undefined) {
  const first = chosen?.taskDefinitionArn;
  return Object.entries(definitions)
    .sort(([a], [b]) => Number(b === first) - Number(a === first))
    .map(([, definition]) => definition);
}

function newest(running: readonly Task[]): Task | undefined {
  return running.toSorted((a, b) => (b.startedAt?.getTime() ?? 0) - (a.startedAt?.getTime() ?? 0))[0];
}

function lacking(lacks: string, { containers }: LogPlace, { kind }: LogShape): string {
  return kind === 'unknown' && containers.length > 0
    ? `${lacks}: none could be read of ${containers.join(', ')}`
    : `${lacks} of ${containers.join(', ')}`;
}

interface Classed {
  plainClass?: string | undefined;
  notChecked: NotChecked[];
}

/** Where the class does not matter. */
const unclassed: Classed = { notChecked: [] };

/** The class of a group that is not the standard one, which alone knows how to cluster. */
async function classOf(
  context: FactContext,
  { groups, region = context.target.region }: LogPlace,
): Promise<Classed> {
  const read = await Promise.all(
    groups.map((group) =>
      context.settle(logGroup, { name: group.replace(/^arn:.*:log-group:/, '').replace(/:\*$/, ''), region }),
    ),
  );
  const classes = read.flatMap((settled) => (settled.ok ? (settled.value?.logGroupClass ?? []) : []));
  const [failure] = read.flatMap((settled) => (settled.ok ? [] : [settled.failure]));
  return {
    plainClass: classes.find((name) => name !== 'STANDARD'),
    notChecked: failure ? [notCheckedOf('the class of the log group', failure)] : [],
  };
}

/** What the newest lines of one task tell of the log's fields. That they could not be read costs no more than that. */
async function sampled(
  context: FactContext,
  { containers }: LogPlace,
  task: Task | undefined,
  definitions: TaskDefinitions,
): Promise<{ shape: LogShape; notChecked: NotChecked[] }> {
  const definition = definitions[task?.taskDefinitionArn ?? ''];
  if (!task || !definition) return { shape: unknownShape, notChecked: [] };
  const streams = containers.slice(0, sampledAtMost).flatMap((container) => {
    const location = logLocation(task, definition, container);
    return location.kind === 'cloudwatch' ? [location] : [];
  });
  const read = await Promise.all(
    streams.map(({ group, stream, region }) => context.settle(logShape, { group, stream, region })),
  );
  const shapes = read.flatMap((settled) => (settled.ok ? [settled.value] : []));
  const told = ({ kind, fields }: LogShape) => Object.keys(fields).length + Number(kind !== 'unknown');
  const [shape = unknownShape] = shapes.toSorted((a, b) => told(b) - told(a));
  const [failure] = read.flatMap((settled) => (settled.ok ? [] : [settled.failure]));
  return { shape, notChecked: failure ? [notCheckedOf(logShape.what, failure)] : [] };
}
