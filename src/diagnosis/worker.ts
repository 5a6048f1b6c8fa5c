import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { Report } from '#commands/command.ts';
// Commands load it with the first question; here it is there before.
import '#commands/engine.ts';
import { createLog } from '../log.ts';
import { createDiagnosis } from './diagnosis.ts';
import { faultOf, type Order, type Reply, type Start } from './messages.ts';

// The thread in which AWS is asked and judged. Reading AWS's answers takes some twenty milliseconds of processor time
// a question; on the thread that Slack talks to, a burst of questions would keep acknowledgements waiting.

/** Questions at the same time: enough to keep busy while AWS answers, few enough to keep memory flat. */
const atOnce = 32;
/** Milliseconds between provisional reports of a question; most are answered before the first. */
const progressEvery = 1_000;

const { environments, logLevel }: Start = workerData;
const log = createLog({ level: logLevel });
const diagnosis = createDiagnosis(environments, log);
type Work = Exclude<Order, { end: unknown }>;

const waiting: Work[] = [];
/** Of the questions in work and waiting, by their numbers. */
const wanted = new Map<number, AbortController>();
let running = 0;

yieldToAcknowledgements();
parentPort?.on('message', (order: Order) => {
  if ('end' in order) {
    wanted.get(order.id)?.abort(order.end ?? undefined);
    return;
  }
  wanted.set(order.id, new AbortController());
  waiting.push(order);
  void next();
});

/** Where processors are scarce, the thread that acknowledges goes first. On Linux 0 is the calling thread alone. */
function yieldToAcknowledgements(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch (error) {
    log.debug({ err: error }, 'The diagnosis thread keeps its priority');
  }
}

async function next(): Promise<void> {
  if (running >= atOnce) return;
  const order = waiting.shift();
  if (order === undefined) return;
  running += 1;
  await carryOut(order);
  running -= 1;
  void next();
}

async function carryOut(order: Work): Promise<void> {
  const { id } = order;
  const progress = createProgress(id);
  const hearing = { onProgress: progress.show, signal: wanted.get(id)?.signal };
  try {
    if ('ask' in order) reply({ id, answer: await diagnosis.ask(order.ask, hearing) });
    else reply({ id, services: await diagnosis.listServices(order.listServices) });
  } catch (error) {
    reply({ id, fault: faultOf(error) });
  } finally {
    progress.end();
    wanted.delete(id);
  }
}

/** Sends on the newest report now and then: each costs the other thread the reading of it. */
function createProgress(id: number): { show(report: Report): void; end(): void } {
  let timer: NodeJS.Timeout | undefined;
  let newest: Report;
  return {
    show(report) {
      newest = report;
      timer ??= setTimeout(() => {
        timer = undefined;
        reply({ id, provisional: newest });
      }, progressEvery);
    },
    end: () => clearTimeout(timer),
  };
}

function reply(message: Reply): void {
  parentPort?.postMessage(message);
}
