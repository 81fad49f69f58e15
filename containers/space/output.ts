import { reportLimits } from '../../shared/protocol/report-limits.ts';

/** Allowance for the line that says how much was left out. */
const markerBytes = 64;

/** Keeps the beginning and the end of what a command prints, in bounded memory. */
export class Output {
  readonly #half: number;
  #head = Buffer.alloc(0);
  /** What came after the head, the oldest dropped once there is more than enough. */
  #tail: Buffer[] = [];
  #tailBytes = 0;
  #total = 0;

  /** `limit`: bytes of JSON text that the kept output may take. */
  constructor(limit: number = reportLimits.outputBytes) {
    this.#half = Math.floor(limit / 2);
  }

  add(chunk: Buffer): void {
    this.#total += chunk.byteLength;
    const room = this.#half - this.#head.byteLength;
    if (room > 0) this.#head = Buffer.concat([this.#head, chunk.subarray(0, room)]);
    const rest = chunk.subarray(Math.max(0, room));
    if (rest.byteLength === 0) return;
    this.#tail.push(rest);
    this.#tailBytes += rest.byteLength;
    while (this.#tailBytes - (this.#tail[0]?.byteLength ?? 0) >= this.#half) {
      this.#tailBytes -= this.#tail.shift()?.byteLength ?? 0;
    }
  }

  /** The output as text; where it was cut, `cut` is the number of bytes left out. */
  text(): { readonly text: string; readonly cut: number } {
    const limit = this.#half * 2;
    const tail = Buffer.concat(this.#tail);
    let half = this.#half;
    for (;;) {
      const shortened = this.#shortened(tail, half);
      // Text grows in JSON: a control character takes six bytes there.
      const size = Buffer.byteLength(JSON.stringify(shortened.text));
      if (size <= limit + markerBytes || half === 0) return shortened;
      half = Math.floor(half * Math.min(0.9, limit / size));
    }
  }

  #shortened(tail: Buffer, half: number): { text: string; cut: number } {
    const start = this.#head.subarray(0, half);
    const headRest = this.#head.subarray(half);
    const end = Buffer.concat([headRest, tail]).subarray(-half);
    const cut = this.#total - start.byteLength - end.byteLength;
    if (cut <= 0) return { text: Buffer.concat([this.#head, tail]).toString('utf8'), cut: 0 };
    return { text: `${start.toString('utf8')}\n… ${cut} bytes left out …\n${end.toString('utf8')}`, cut };
  }
}
