import type { RunEvent } from '../../../shared/protocol/events.ts';
import type { Output } from '../terminal/output.ts';
import { duration } from '../terminal/units.ts';
import { wrap } from '../terminal/width.ts';
import type { OpenApproval, Waiting } from '../timeline/entry.ts';
import { formatEntry, formatTitles } from '../timeline/format.ts';
import { Timeline } from '../timeline/timeline.ts';

/** Shows the events of one run. */
export interface Viewer {
  /** Sequence number of the last event that was shown. */
  readonly seen: number;
  readonly approvals: readonly OpenApproval[];
  add(events: readonly RunEvent[]): void;
  /** Nothing new for now; `question` replaces what the run waits for while it has something to say. */
  wait(question: (width: number) => string | undefined): void;
  /** Something about the connection, not about the run. */
  note(text: string): void;
  close(): void;
}

/** Events as a timeline for people. */
export class TimelineViewer implements Viewer {
  readonly #output: Output;
  readonly #timeline = new Timeline();
  #seen = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  get seen(): number {
    return this.#seen;
  }

  get approvals(): readonly OpenApproval[] {
    return this.#timeline.approvals;
  }

  add(events: readonly RunEvent[]): void {
    const look = { paint: this.#output.paint, columns: this.#output.columns };
    const titles = this.#seen === 0 && events.length > 0 ? [formatTitles(look)] : [];
    const entries = events.flatMap((event) => this.#timeline.add(event));
    this.#output.lines([...titles, ...entries.flatMap((entry) => formatEntry(entry, look))]);
    this.#seen = events.at(-1)?.seq ?? this.#seen;
  }

  wait(question: (width: number) => string | undefined): void {
    this.#output.live.show((width) => question(width) ?? this.#status());
  }

  note(text: string): void {
    const { paint, columns } = this.#output;
    this.#output.lines(wrap(text, columns).map((line) => paint('attention', line)));
  }

  close(): void {
    this.#output.live.hide();
  }

  #status(): string {
    const [first, ...others] = this.#timeline.waiting;
    if (first === undefined) return 'works';
    const more = others.length > 0 ? ` and ${others.length} more` : '';
    return `${first.kind} ${first.what}${more} · ${duration(elapsed(first))}`;
  }
}

/** The clocks of server and client may differ. */
function elapsed({ since }: Waiting): number {
  return Math.max(0, Date.now() - Date.parse(since));
}

/** Events as JSON lines, as the log holds them. */
export class JsonViewer implements Viewer {
  readonly #output: Output;
  readonly #timeline = new Timeline();
  #seen = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  get seen(): number {
    return this.#seen;
  }

  get approvals(): readonly OpenApproval[] {
    return this.#timeline.approvals;
  }

  add(events: readonly RunEvent[]): void {
    for (const event of events) {
      this.#timeline.add(event);
      this.#output.record(event);
    }
    this.#seen = events.at(-1)?.seq ?? this.#seen;
  }

  wait(): void {}

  note(): void {}

  close(): void {}
}
