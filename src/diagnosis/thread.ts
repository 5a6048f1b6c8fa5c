import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { type Answer, CannotLook } from '#commands/command.ts';
import type { ServiceEntry } from '#diagnostics/services.ts';
import type { Environment } from '../config.ts';
import type { Diagnosis, Hearing } from './diagnosis.ts';
import { errorOf, type Order, type Reply, type Start } from './messages.ts';

/** An order that the thread has not answered yet. */
interface Pending extends Pick<Hearing, 'onProgress'> {
  resolve(reply: Reply): void;
  reject(error: Error): void;
}

/** A small nursery is collected often and keeps the thread's share of memory small. */
const resourceLimits = { maxYoungGenerationSizeMb: 8 };

type Unnumbered<Message> = Message extends { id: number } ? Omit<Message, 'id'> : never;

/**
 * Diagnosis in a thread of its own, so that acknowledgements never wait for it. A thread that dies fails what it had
 * in work, with a sentence, and the next question starts another.
 */
export function startDiagnosisThread(
  environments: readonly Environment[],
  log: Logger,
  script = new URL('./worker.ts', import.meta.url),
): Diagnosis {
  const start: Start = { environments, logLevel: log.level };
  const pending = new Map<number, Pending>();
  let orders = 0;
  // Begun by the first question or list, so that the connection to Slack is there before it.
  let thread: Worker | undefined;

  function begin(): Worker {
    const worker = new Worker(script, { workerData: start, resourceLimits });
    worker.on('message', take);
    worker.on('error', (error) => log.error({ err: error }, 'The diagnosis thread failed'));
    worker.on('exit', () => {
      if (thread === worker) thread = undefined;
      for (const { reject } of pending.values()) {
        reject(new CannotLook('The diagnosis was interrupted. Ask again.'));
      }
      pending.clear();
    });
    // The process ends when Slack is done, not when this thread is.
    worker.unref();
    return worker;
  }

  function take(reply: Reply): void {
    const asked = pending.get(reply.id);
    if (asked === undefined) return;
    if ('provisional' in reply) {
      asked.onProgress?.(reply.provisional);
      return;
    }
    pending.delete(reply.id);
    if ('fault' in reply) asked.reject(errorOf(reply.fault));
    else asked.resolve(reply);
  }

  async function send(order: Unnumbered<Order>, { onProgress, signal }: Hearing = {}): Promise<Reply> {
    orders += 1;
    const id = orders;
    const { promise, resolve, reject } = Promise.withResolvers<Reply>();
    pending.set(id, { onProgress, resolve, reject });
    thread ??= begin();
    post({ ...order, id });
    const end = () => post({ id, end: typeof signal?.reason === 'string' ? signal.reason : null });
    if (signal?.aborted) end();
    signal?.addEventListener('abort', end, { once: true });
    try {
      return await promise;
    } finally {
      signal?.removeEventListener('abort', end);
    }
  }

  function post(order: Order): void {
    thread?.postMessage(order);
  }

  return {
    async ask(question, hearing): Promise<Answer> {
      const reply = await send({ ask: question }, hearing);
      if ('answer' in reply) return reply.answer;
      throw new Error('The diagnosis thread answered something else than was asked');
    },
    async listServices(listServices): Promise<readonly ServiceEntry[]> {
      const reply = await send({ listServices });
      if ('services' in reply) return reply.services;
      throw new Error('The diagnosis thread answered something else than was asked');
    },
  };
}
