/** Works on the items in their order, so many at a time; rejects with the first that fails. */
export async function abreast<T>(
  items: Iterable<T>,
  work: (item: T) => Promise<void>,
  lanes = 5,
): Promise<void> {
  const left = items[Symbol.iterator]();
  const lane = async () => {
    for (let next = left.next(); !next.done; next = left.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
