/** An endless stream of 32-bit words that nobody can foretell without the seed. */
export type Words = () => number;

const constants = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574];

/** Columns, then diagonals, of the 4 × 4 state. */
const quarters = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
] as const;

/** The keystream of ChaCha20 (RFC 8439): `seed` is the key (64 hexadecimal characters), the nonce is 0. */
export function chacha(seed: string): Words {
  const initial = new Uint32Array(16);
  initial.set(constants);
  for (let word = 0; word < 8; word += 1)
    initial[4 + word] = littleEndian(seed.slice(word * 8, word * 8 + 8));
  let block = new Uint32Array(0);
  let used = 0;
  return () => {
    if (used === block.length) {
      block = nextBlock(initial);
      used = 0;
    }
    used += 1;
    return block[used - 1] as number;
  };
}

function nextBlock(initial: Uint32Array): Uint32Array<ArrayBuffer> {
  const state = new Uint32Array(initial);
  for (let round = 0; round < 10; round += 1) for (const quarter of quarters) quarterRound(state, quarter);
  for (let word = 0; word < 16; word += 1) state[word] = (state[word] as number) + (initial[word] as number);
  initial[12] = (initial[12] as number) + 1;
  return state;
}

type Quarter = (typeof quarters)[number];

function quarterRound(state: Uint32Array, [a, b, c, d]: Quarter): void {
  mix(state, [a, b, d], 16);
  mix(state, [c, d, b], 12);
  mix(state, [a, b, d], 8);
  mix(state, [c, d, b], 7);
}

/** `s[x] += s[y]`; then `s[z]` is mixed with the sum and rotated by `bits`. */
function mix(s: Uint32Array, [x, y, z]: readonly [number, number, number], bits: number): void {
  s[x] = (s[x] as number) + (s[y] as number);
  const mixed = (s[z] as number) ^ (s[x] as number);
  s[z] = (mixed << bits) | (mixed >>> (32 - bits));
}

function littleEndian(hex: string): number {
  const [a = '00', b = '00', c = '00', d = '00'] = hex.match(/../g) ?? [];
  return Number.parseInt(d + c + b + a, 16);
}
