/** Shows the newest of what is known, at most once in a while. */
export interface Progress<T> {
  show(state: T): void;
  /** Resolves when no edit is under way; none follows. */
  stop(): Promise<void>;
}

/**
 * @param every milliseconds between edits, counted from the creation: Slack wants no more than one edit a second
 * @param edit never rejects in a way that matters: what is shown meanwhile is not the answer
 */
export function createProgress<T>({
  every,
  edit,
}: {
  every: number;
  edit(state: T): Promise<unknown>;
}): Progress<T> {
  let newest: { state: T } | undefined;
  let underWay: Promise<unknown> | undefined;
  let stopped = false;
  const timer = setInterval(() => {
    if (newest === undefined || underWay !== undefined || stopped) return;
    const { state } = newest;
    newest = undefined;
    underWay = edit(state)
      .catch(() => undefined)
      .finally(() => {
        underWay = undefined;
      });
  }, every);

  return {
    show(state) {
      newest = { state };
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await underWay;
    },
  };
}
