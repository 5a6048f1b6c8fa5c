import { defineFact } from '../../fact.ts';
import { type LogShape, shapeOf, unknownShape } from '../../insights/shape.ts';
import { isAbsence } from '../log-refusal.ts';

const linesSampled = 100;

/** What the newest lines of one stream tell of the log's fields. The lines themselves are not kept. */
export const logShape = defineFact<LogShape, { group: string; stream: string; region: string | undefined }>({
  id: 'log-shape',
  what: 'what the fields of the log are called',
  actions: ['logs:GetLogEvents'],
  async load({ awsIn }, { group, stream, region }) {
    try {
      const { events = [] } = await awsIn(region).logs.getLogEvents({
        logGroupName: group,
        logStreamName: stream,
        startFromHead: false,
        limit: linesSampled,
      });
      return shapeOf(events.flatMap(({ message }) => message ?? []));
    } catch (error) {
      // A task that wrote nothing has no stream, and some groups are read by queries alone; whether the group is there,
      // the query itself will tell.
      if (error instanceof Error && isAbsence(error)) return unknownShape;
      throw error;
    }
  },
});
