import { log } from 'tandem';

let executions = 0;

const world = globalThis as Record<string, unknown>;

const prototype = Array.prototype as unknown as Record<string, unknown>;

/** Leaves traces everywhere and looks for those of others. */
export default async function run() {
  executions += 1;
  const found = { executions, world: world['trace'], prototype: prototype['trace'], patched: [1].at(0) };
  world['trace'] = 1;
  prototype['trace'] = 1;
  Array.prototype.at = () => 'patched' as never;
  delete (world as Partial<typeof globalThis>).escape;
  await log('left traces');
  return found;
}
