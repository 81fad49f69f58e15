import type { MapRunRow } from '../journal/map-runs.ts';
import { type ChildResult, childDetails, resultTexts } from './child-result.ts';
import type { Objects } from './objects.ts';
import { allResults, type ReadResults } from './results.ts';

/** Characters after which a file of results is written and the next one begun. */
const fileLength = 8 * 1_024 * 1_024;

type Heap = 'SUCCEEDED' | 'FAILED' | 'PENDING';

interface WrittenFile {
  readonly Key: string;
  readonly Size: number;
}

export interface Writing {
  readonly run: MapRunRow;
  readonly arn: string;
  readonly objects: Objects;
  readonly read: ReadResults;
}

/**
 * Writes the results of a map run, by how its children have ended, and a manifest of the files; answers the key of that.
 * Rejects with `ObjectFailure`.
 */
export async function writeResults({ run, arn, objects, read }: Writing): Promise<string> {
  const { destination } = run.plan;
  if (destination === undefined) throw new Error('The map run has no place for its results.');
  const { bucket, prefix } = destination;
  const folder = prefix === '' ? run.uuid : `${prefix.replace(/\/$/, '')}/${run.uuid}`;
  const put = async (key: string, text: string): Promise<WrittenFile> => {
    const body = Buffer.from(text);
    await objects.put(bucket, key, body);
    return { Key: key, Size: body.length };
  };
  const heaps = new Map(
    (['SUCCEEDED', 'FAILED', 'PENDING'] as const).map((heap) => [
      heap,
      new ResultFiles(`${folder}/${heap}`, run.plan.lines, put),
    ]),
  );
  for await (const child of allResults(run, read)) await heaps.get(heapOf(child))?.add(textsOf(child, run));
  const files = new Map<Heap, readonly WrittenFile[]>();
  for (const [heap, written] of heaps) files.set(heap, await written.finish());
  const manifest = {
    DestinationBucket: bucket,
    MapRunArn: arn,
    ResultFiles: Object.fromEntries(files),
  };
  return (await put(`${folder}/manifest.json`, JSON.stringify(manifest))).Key;
}

function heapOf({ status }: ChildResult): Heap {
  if (status === 'SUCCEEDED') return 'SUCCEEDED';
  return status === 'RUNNING' ? 'PENDING' : 'FAILED';
}

function textsOf(child: ChildResult, { plan }: MapRunRow): string[] {
  return child.status === 'SUCCEEDED'
    ? resultTexts(child, plan.transformation)
    : [JSON.stringify(childDetails(child))];
}

/** The files of one kind of results, none of which grows without end. */
class ResultFiles {
  readonly #name: string;
  readonly #lines: boolean;
  readonly #put: (key: string, text: string) => Promise<WrittenFile>;
  readonly #written: WrittenFile[] = [];
  #texts: string[] = [];
  #length = 0;

  constructor(name: string, lines: boolean, put: (key: string, text: string) => Promise<WrittenFile>) {
    this.#name = name;
    this.#lines = lines;
    this.#put = put;
  }

  async add(texts: readonly string[]): Promise<void> {
    for (const text of texts) {
      this.#texts.push(text);
      this.#length += text.length;
    }
    if (this.#length >= fileLength) await this.#write();
  }

  async finish(): Promise<readonly WrittenFile[]> {
    if (this.#texts.length > 0) await this.#write();
    return this.#written;
  }

  async #write(): Promise<void> {
    const key = `${this.#name}_${this.#written.length}.${this.#lines ? 'jsonl' : 'json'}`;
    const text = this.#lines ? `${this.#texts.join('\n')}\n` : `[${this.#texts.join(',')}]`;
    [this.#texts, this.#length] = [[], 0];
    this.#written.push(await this.#put(key, text));
  }
}
