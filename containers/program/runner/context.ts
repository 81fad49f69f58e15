import vm from 'node:vm';
import { type Guest, type GuestStart, startGuest } from '../../../shared/domain/program-bridge.ts';
import type { Start } from '../../../shared/protocol/program.ts';
import { type Pristine, rememberPristine } from './pristine.ts';

/**
 * What a program could tell one execution from another by, or wait with outside of the record: compiled modules, shared
 * memory, the garbage collector, the last match of another run. `console` is V8's and writes nowhere.
 */
const absent = ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'FinalizationRegistry', 'WeakRef', 'console'];

/** What bundles bring; kept as empty places, because adding and removing globals is slow. */
const brought = [
  'console',
  'crypto',
  'queueMicrotask',
  'setTimeout',
  'setInterval',
  'clearTimeout',
  'clearInterval',
];

const furnish = new vm.Script(`
for (const name of ${JSON.stringify(absent)}) delete globalThis[name];
for (const [key, { get }] of Object.entries(Object.getOwnPropertyDescriptors(RegExp)))
  if (get && typeof key === 'string') delete RegExp[key];
for (const name of ${JSON.stringify(brought)})
  Object.defineProperty(globalThis, name, { writable: true, configurable: true });
Promise.prototype`);

const nothing = new vm.Script('0');

const guestStarter = new vm.Script(`(${startGuest})`, { filename: 'tandem:bridge' });

/** A global object with its own built-ins and its own queue of microtasks. Used by one run at a time. */
export class ProgramContext {
  /** Its `Promise.prototype`: tells promises of this context from others. */
  readonly promises: object;
  readonly #context: vm.Context;
  readonly #startGuest: typeof startGuest;
  readonly #pristine: Pristine;

  constructor() {
    this.#context = vm.createContext(vm.constants.DONT_CONTEXTIFY, {
      microtaskMode: 'afterEvaluate',
      codeGeneration: { strings: false, wasm: false },
    });
    this.promises = furnish.runInContext(this.#context);
    this.#startGuest = guestStarter.runInContext(this.#context);
    this.#pristine = rememberPristine(this.#context);
  }

  /** Evaluates a bundle for one run. Throws what its modules throw. */
  start(bundle: vm.Script, run: GuestStart): Guest {
    return this.#startGuest(bundle.runInContext(this.#context) as Start, run);
  }

  /** Lets the program go on until it waits for answers only: an evaluation ends with the context's microtasks. */
  settle(): void {
    nothing.runInContext(this.#context);
  }

  /** Undoes what a program has changed; `false` if that is not possible. */
  restore(): boolean {
    return this.#pristine.restore();
  }
}
