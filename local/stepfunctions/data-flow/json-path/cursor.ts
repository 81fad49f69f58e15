import { PathSyntaxError } from '../reference-path.ts';

const blank = /[ \t\r\n]*/y;

/** A place in the text of a path or an intrinsic function call. */
export class Cursor {
  readonly source: string;
  at = 0;

  constructor(source: string) {
    this.source = source;
  }

  get done(): boolean {
    return this.at >= this.source.length;
  }

  /** Whether the text goes on with these characters. */
  sees(text: string): boolean {
    return this.source.startsWith(text, this.at);
  }

  /** Goes past these characters if they are next. */
  take(text: string): boolean {
    if (!this.sees(text)) return false;
    this.at += text.length;
    return true;
  }

  expect(text: string): void {
    if (!this.take(text)) throw this.unexpected(`expected '${text}'`);
  }

  /** Goes past what a sticky pattern matches here, and returns that. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  skipBlanks(): void {
    this.match(blank);
  }

  /**
   * The text up to a closing quote; the opening one has been taken. Only the quote itself can be escaped, every other
   * backslash stands for itself.
   */
  quoted(quote: string): string {
    const start = this.at;
    while (!this.done && !this.sees(quote)) this.at += this.sees('\\') ? 2 : 1;
    const text = this.source.slice(start, this.at);
    this.expect(quote);
    return text.replaceAll(`\\${quote}`, quote);
  }

  unexpected(what: string): PathSyntaxError {
    const found = this.done ? 'the end' : `'${this.source.slice(this.at, this.at + 20)}'`;
    return new PathSyntaxError(`Value is not a valid JSONPath: ${what} at ${found}`);
  }
}
