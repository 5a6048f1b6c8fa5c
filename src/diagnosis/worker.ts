import { parentPort, workerData } from 'node:worker_threads';
import { createLog } from '../log.ts';
import { createDiagnosis } from './diagnosis.ts';
import { faultOf, type Order, type Reply, type Start } from './messages.ts';

// The thread in which AWS is asked and judged. Reading AWS's answers takes some twenty milliseconds of processor time
// a question; on the thread that Slack talks to, a burst of questions would keep acknowledgements waiting.

const { environments, logLevel }: Start = workerData;
const diagnosis = createDiagnosis(environments, createLog({ level: logLevel }));

function reply(message: Reply): void {
  parentPort?.postMessage(message);
}

async function carryOut(order: Order): Promise<void> {
  const { id } = order;
  try {
    if ('ask' in order) {
      reply({ id, answer: await diagnosis.ask(order.ask, (provisional) => reply({ id, provisional })) });
    } else {
      reply({ id, services: await diagnosis.listServices(order.listServices) });
    }
  } catch (error) {
    reply({ id, fault: faultOf(error) });
  }
}

parentPort?.on('message', (order: Order) => void carryOut(order));
