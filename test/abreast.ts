/** Works on the items in their order, so many at a time. Rejects with what fails, when all that had begun has ended. */
export async function abreast<T>(
  items: Iterable<T>,
  work: (item: T) => Promise<void>,
  lanes = 5,
): Promise<void> {
  const left = items[Symbol.iterator]();
  let failed = false;
  const lane = async () => {
    for (let next = left.next(); !next.done && !failed; next = left.next()) {
      await work(next.value).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
}
