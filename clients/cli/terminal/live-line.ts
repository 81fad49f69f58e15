import { columnsOf } from './columns.ts';
import type { Screen } from './output.ts';
import type { Paint } from './paint.ts';
import { cut } from './width.ts';

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

const frameMs = 100;

/** The last line of a terminal: says what is under way, for how long. Elsewhere it shows nothing. */
export class LiveLine {
  readonly #screen: Screen;
  readonly #paint: Paint;
  #text: ((width: number) => string) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #frame = 0;

  constructor(screen: Screen, paint: Paint) {
    this.#screen = screen;
    this.#paint = paint;
  }

  /** Shows a text from now on; a function is asked again for every picture, and told what fits. */
  show(text: string | ((width: number) => string)): void {
    if (this.#screen.isTTY !== true) return;
    this.#text = typeof text === 'string' ? () => text : text;
    this.#timer ??= setInterval(() => this.#draw(), frameMs).unref();
    this.#draw();
  }

  hide(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (this.#text === undefined) return;
    this.#text = undefined;
    this.#erase();
  }

  /** Writes lines above it. */
  above(write: () => void): void {
    if (this.#text !== undefined) this.#erase();
    write();
    this.#draw();
  }

  #draw(): void {
    if (this.#text === undefined) return;
    this.#frame = (this.#frame + 1) % frames.length;
    // Beside the frame, a blank and the cursor.
    const width = Math.max(1, columnsOf(this.#screen) - 3);
    const frame = this.#paint('attention', frames[this.#frame] ?? '');
    this.#screen.write(`\r\u001b[2K${frame} ${cut(this.#text(width), width)}`);
  }

  #erase(): void {
    this.#screen.write('\r\u001b[2K');
  }
}
