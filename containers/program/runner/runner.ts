import type { HostMessage } from '../../../shared/protocol/program.ts';
import { ProgramContext } from './context.ts';
import { Program } from './program.ts';
import { ProgramRun, type Turn } from './program-run.ts';

/** What there is to do after the bundle is loaded. */
export type RunMessage = Exclude<HostMessage, { readonly type: 'load' }>;

/** Contexts that wait for their next run. */
const spareContexts = 64;

/** The runs of one program in this process. */
export class Runner {
  readonly #program: Program;
  readonly #runs = new Map<string, ProgramRun>();
  readonly #spare: ProgramContext[] = [];
  /** By the `Promise.prototype` of their contexts. */
  readonly #byPromises = new WeakMap<object, ProgramRun>();

  constructor(code: string) {
    this.#program = new Program(code);
  }

  /** Executes a message. Returns the run if an answer is awaited. */
  execute(message: RunMessage): ProgramRun | undefined {
    if (message.type === 'forget') {
      this.#forget(message.run);
      return undefined;
    }
    const run = message.type === 'begin' ? this.#begin(message) : this.#known(message.run);
    run.answer(message.answers);
    return run;
  }

  #begin(message: Extract<HostMessage, { type: 'begin' }>): ProgramRun {
    this.#forget(message.run);
    const run = new ProgramRun(this.#program, this.#spare.pop() ?? new ProgramContext());
    this.#runs.set(message.run, run);
    this.#byPromises.set(run.context.promises, run);
    const { seed, createdAt, input } = message;
    run.begin({ seed, now: Date.parse(createdAt), input: JSON.stringify(input) });
    return run;
  }

  #known(name: string): ProgramRun {
    const run = this.#runs.get(name);
    if (!run) throw new Error(`Run ${name} was not begun here.`);
    return run;
  }

  #forget(name: string): void {
    const run = this.#runs.get(name);
    if (!run) return;
    this.#runs.delete(name);
    this.#byPromises.delete(run.context.promises);
    if (this.#spare.length < spareContexts && run.context.restore()) this.#spare.push(run.context);
  }

  /** The run that a promise belongs to: subclasses of `Promise` inherit from its prototype, too. */
  runOf(promise: object): ProgramRun | undefined {
    for (let at: object | null = promise; at; at = Reflect.getPrototypeOf(at)) {
      const run = this.#byPromises.get(at);
      if (run) return run;
    }
    return undefined;
  }
}

/** The line that says where a run stands. What the program gave as JSON text is passed on as it is. */
export function turnLine(run: string, turn: Turn): string {
  const head = `{"type":"${turn.kind}","run":${JSON.stringify(run)}`;
  if (turn.kind === 'failed') return `${head},"error":${JSON.stringify(turn.error)}}`;
  const requests = turn.requests.map(
    (request) =>
      `{"operation":${request.operation},"kind":${JSON.stringify(request.kind)},"arguments":${request.arguments}}`,
  );
  const output = turn.kind === 'finished' ? `,"output":${turn.output}` : '';
  return `${head},"requests":[${requests.join(',')}]${output}}`;
}
