import { columnsOf } from './columns.ts';
import { LiveLine } from './live-line.ts';
import { type Paint, paintFor } from './paint.ts';

/** A stream that may be a terminal. */
export interface Screen extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Where a command writes what was asked for. */
export class Output {
  readonly paint: Paint;
  /** The last line of a terminal, which changes while something is under way. */
  readonly live: LiveLine;
  readonly #screen: Screen;

  constructor(screen: Screen) {
    this.#screen = screen;
    this.paint = paintFor(screen);
    this.live = new LiveLine(screen, this.paint);
  }

  /** Whether a person looks at it as it is written. */
  get terminal(): boolean {
    return this.#screen.isTTY === true;
  }

  get columns(): number {
    return columnsOf(this.#screen);
  }

  line(text = ''): void {
    this.live.above(() => this.#screen.write(`${text}\n`));
  }

  lines(texts: readonly string[]): void {
    if (texts.length > 0) this.line(texts.join('\n'));
  }

  /** Text as somebody else has laid it out. */
  text(text: string): void {
    this.live.above(() => this.#screen.write(text));
  }

  /** A JSON document: indented for a person, on one line for a program. */
  document(value: unknown): void {
    this.line(this.terminal ? JSON.stringify(value, undefined, 2) : JSON.stringify(value));
  }

  /** One line of a JSON Lines stream. */
  record(value: unknown): void {
    this.line(JSON.stringify(value));
  }
}
