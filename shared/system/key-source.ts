/** A key, or whoever gets it when it is needed first and knows when it has to be got again. */
export type KeySource = Uint8Array | (() => Promise<Uint8Array>);

export async function keyFrom(source: KeySource): Promise<Uint8Array> {
  return typeof source === 'function' ? await source() : source;
}
