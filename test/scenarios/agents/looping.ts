/** Computes for ever. */
export default function run(): never {
  for (let count = 0; ; count += 1) if (count < 0) throw new Error('This cannot be');
}
