/** `stack | 3/12 | time | CREATE_COMPLETE | AWS::S3::Bucket | Id …`: how the command line of CDK tells events. */
const event = /^(\S+) \|\s*(\d+)\/(\d+) \| [^|]+ \| (\S+)\s*\| (\S+)\s*\| (.*)$/;

/** Resources after which it is said again how many there are. */
const every = 20;

/** Lines that are kept for when it fails. */
const kept = 40;

/** What the command line of CDK says, in few lines: how many resources there are, and every one that fails. */
export class Progress {
  readonly #tell: (line: string) => void;
  readonly #said = new Map<string, number>();
  #last: string[] = [];

  constructor(tell: (line: string) => void) {
    this.#tell = tell;
  }

  line(line: string): void {
    if (line.trim() === '') return;
    this.#last = [...this.#last.slice(1 - kept), line];
    const [, stack = '', done = '0', all = '0', status = '', type, what] = event.exec(line.trim()) ?? [];
    if (status.endsWith('_FAILED')) this.#tell(`${stack}: ${type} failed: ${what}`);
    else if (stack !== '') this.#count(stack, Number(done), Number(all));
  }

  /** Says everything of late, for whoever has to find out why it failed. */
  tellAll(): void {
    for (const line of this.#last) this.#tell(`  ${line.trimEnd()}`);
    this.#last = [];
  }

  #count(stack: string, done: number, all: number): void {
    const before = this.#said.get(stack) ?? 0;
    if (done < before + every && (done !== all || done === before)) return;
    this.#said.set(stack, done);
    this.#tell(`${stack}: ${done} of ${all} resources`);
  }
}
