/** Does something with each item, at most `width` at a time, in their order. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  act: (item: T) => Promise<void>,
): Promise<void> {
  const remaining = items.values();
  const lane = async () => {
    for (const item of remaining) await act(item);
  };
  await Promise.all(Array.from({ length: width }, lane));
}
