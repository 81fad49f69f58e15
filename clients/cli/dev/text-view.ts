import { relative } from 'node:path';
import type { AgentVersion } from '../../../shared/protocol/agents.ts';
import type { Run } from '../../../shared/protocol/runs.ts';
import { problemLines, problemOf } from '../problem.ts';
import type { Published } from '../programs/publish-program.ts';
import type { Output } from '../terminal/output.ts';
import { duration, size } from '../terminal/units.ts';
import type { DevView } from './dev-view.ts';

/** Files that are named before the rest is counted. */
const named = 3;

/** What people read between the timelines. */
export class TextView implements DevView {
  readonly #output: Output;
  readonly #cwd: string;

  constructor(output: Output, cwd: string) {
    this.#output = output;
    this.#cwd = cwd;
  }

  async publishing<T>(work: Promise<T>): Promise<T> {
    const { live } = this.#output;
    const began = performance.now();
    live.show(() => `publishes · ${duration(performance.now() - began)}`);
    return await work.finally(() => live.hide());
  }

  published(version: AgentVersion, { fresh, warnings }: Pick<Published, 'fresh' | 'warnings'>): void {
    const { paint } = this.#output;
    const how = fresh ? `published, ${size(version.bundleSize)}` : 'published before, unchanged';
    this.#output.line(`Agent    ${version.agent} ${version.number}  ${paint('quiet', how)}`);
    this.#output.lines(warnings.map((text) => paint('attention', text)));
  }

  starts({ run }: Run, input: string | undefined): void {
    const { paint } = this.#output;
    const on = input === undefined ? '' : `  ${paint('quiet', `on ${this.#names([input])}`)}`;
    this.#output.line(`Run      ${paint('name', run)}${on}`);
    this.#output.line();
  }

  problem(error: unknown): void {
    this.#output.lines(problemLines(problemOf(error, 'dev'), this.#output));
  }

  cancelled(run: string, why: string): void {
    this.#output.line(this.#output.paint('attention', `${run} is cancelled: ${why}.`));
  }

  waits(files: readonly string[]): void {
    const names = this.#names(files);
    if (this.#output.terminal) this.#output.live.show(`waits for a save of ${names} · Ctrl-C ends`);
    else this.#output.lines(['', `Waits for a save of ${names}.`]);
  }

  saved(files: readonly string[]): void {
    this.#output.lines(['', `${this.#output.paint('strong', 'Saved')}    ${this.#names(files)}`]);
  }

  #names(files: readonly string[]): string {
    const paths = files.map((file) => relative(this.#cwd, file));
    const more = paths.length - named;
    return more > 0 ? `${paths.slice(0, named).join(', ')} and ${more} more` : paths.join(', ');
  }
}
