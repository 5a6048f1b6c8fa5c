/** A call under way, which any number of askers may wait for. */
interface Flight {
  answer: Promise<unknown>;
  waiting: number;
  controller: AbortController;
  stage: Stage;
}

/** What a call is waiting for: a session, its turn in our own budget, or AWS. */
export type Stage = 'session' | 'turn' | 'answer';

export interface Flights {
  /**
   * Joins the call under this key, or begins it. An asker whose signal aborts leaves alone; the call itself is
   * aborted when nobody waits for it any more.
   *
   * @param signal the asker's own
   * @param given makes the error of an asker who leaves
   */
  share(
    key: string,
    begin: (signal: AbortSignal, enter: (stage: Stage) => void) => Promise<unknown>,
    signal: AbortSignal | undefined,
    given: (stage: Stage, reason: unknown) => Error,
  ): Promise<unknown>;
  has(key: string): boolean;
}

export function createFlights(): Flights {
  const flights = new Map<string, Flight>();

  function begin(key: string, run: Parameters<Flights['share']>[1]): Flight {
    const controller = new AbortController();
    const flight: Flight = { answer: Promise.resolve(), waiting: 0, controller, stage: 'session' };
    const enter = (stage: Stage) => {
      flight.stage = stage;
    };
    flight.answer = run(controller.signal, enter).finally(() => forget(key, flight));
    // Askers hear of a failure through their own promise; when all have left, nobody must.
    flight.answer.catch(() => undefined);
    flights.set(key, flight);
    return flight;
  }

  function forget(key: string, flight: Flight): void {
    if (flights.get(key) === flight) flights.delete(key);
  }

  return {
    has: (key) => flights.has(key),
    share(key, run, signal, given) {
      if (signal?.aborted) return Promise.reject(given('answer', signal.reason));
      const flight = flights.get(key) ?? begin(key, run);
      flight.waiting += 1;
      return new Promise((resolve, reject) => {
        const leave = () => {
          flight.waiting -= 1;
          reject(given(flight.stage, signal?.reason));
          if (flight.waiting > 0) return;
          forget(key, flight);
          flight.controller.abort();
        };
        signal?.addEventListener('abort', leave, { once: true });
        flight.answer.then(resolve, reject).finally(() => signal?.removeEventListener('abort', leave));
      });
    },
  };
}
