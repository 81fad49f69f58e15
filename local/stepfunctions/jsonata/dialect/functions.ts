import { createHash } from 'node:crypto';
import type { Library } from '../library/load.ts';
import { Stop } from '../library/stop.ts';
import type { Draws } from './draws.ts';
import { javaRandom } from './java-random.ts';
import { parseStrictly } from './parse.ts';

/** Elements that one `$range` may make, as measured of the service. */
const maxRange = 360_145;
const algorithms = ['SHA-1', 'SHA-384', 'SHA-256', 'SHA-512', 'MD5'];

/** An error as the library throws them: a code, and what its message needs. */
function failed(code: string, particulars: object): object {
  return Object.assign(new Error(code), { code }, particulars);
}

/** Binds what the service adds to the language, and what depends on when and where it runs. */
export function defineDialect(library: Library, draws: () => Draws): void {
  const { meter } = library;
  library.define('parse', '<s?:x>', (text: string) => {
    meter.tick(text?.length ?? 0);
    return parse(text);
  });
  library.define('partition', '<xn?:a>', (list: readonly unknown[], size: number) => {
    meter.tick((list?.length ?? 0) * 2);
    return partition(list, size);
  });
  library.define('hash', '<ss?:s>', (text: string, algorithm: string) => {
    meter.tick(text?.length ?? 0);
    return hash(text, algorithm);
  });
  library.define('range', '<nnn?:a<n>>', (start: number, end: number, step: number) => {
    const count = elements(start, end, step);
    if (count > maxRange) throw new Stop('memory');
    if (!(count > 0)) return undefined;
    const [first, distance] = [Math.trunc(start), Math.trunc(step)];
    const list = library.sequence();
    meter.items(count);
    for (let index = 0; index < count; index += 1) list.push(first + index * distance);
    return list;
  });
  library.define('random', '<n?:n>', (seed: number) =>
    seed === undefined ? draws().random() : javaRandom(seed),
  );
  library.define('uuid', '<:s>', () => {
    meter.tick(50);
    return draws().uuid();
  });
  library.define('millis', '<:n>', () => meter.now);
  library.define('now', '<s?s?:s>', (picture: string, timezone: string) =>
    library.fromMillis(meter.now, picture, timezone),
  );
}

function parse(text: string): unknown {
  if (text === undefined) return undefined;
  try {
    return parseStrictly(text);
  } catch {
    throw failed('D3137', { message: 'Invalid JSON' });
  }
}

function partition(list: readonly unknown[], size: number): unknown {
  if (list === undefined) return undefined;
  if (!Array.isArray(list)) throw failed('T0412', { index: 1 });
  if (list.length === 0) return undefined;
  if (size === undefined) return [list];
  const whole = Math.trunc(size);
  if (whole < 0) throw failed('D3137', { message: 'Second argument must be zero or greater' });
  if (!(whole > 0)) return undefined;
  const chunks: unknown[] = [];
  for (let start = 0; start < list.length; start += whole) chunks.push(list.slice(start, start + whole));
  return chunks;
}

function hash(text: string, algorithm: string): string | undefined {
  if (text === undefined || algorithm === undefined) return undefined;
  if (!algorithms.includes(algorithm)) {
    const message = `Hash algorithm '${algorithm}' must be one of ${algorithms.join(', ')}`;
    throw failed('D3137', { message });
  }
  return createHash(algorithm.replace('-', '').toLowerCase()).update(text, 'utf8').digest('hex');
}

/** How many elements a range has; less than one where there is none. Fractions are cut off. */
function elements(start: number, end: number, step: number): number {
  if (start === undefined || end === undefined || step === undefined) return 0;
  const distance = Math.trunc(step);
  return distance === 0 ? 0 : Math.floor((Math.trunc(end) - Math.trunc(start)) / distance) + 1;
}
