import { NotAnExport } from './archive-reader.ts';

const newline = 0x0a;

/** The lines of a file, each ended by a line feed and at most `limit` bytes long. */
export async function* eachLine(parts: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const begun: Uint8Array[] = [];
  let length = 0;
  for await (const part of parts) {
    let from = 0;
    for (let at = part.indexOf(newline); at !== -1; at = part.indexOf(newline, from)) {
      yield text(decoder, [...begun.splice(0), part.subarray(from, at)]);
      from = at + 1;
      length = 0;
    }
    if (from === part.byteLength) continue;
    // A copy: whoever reads may use the memory again.
    begun.push(part.slice(from));
    length += part.byteLength - from;
    if (length > limit) throw new NotAnExport(`A line is longer than ${limit} bytes`);
  }
  if (begun.length > 0) throw new NotAnExport('The last line of a log is cut off');
}

function text(decoder: InstanceType<typeof TextDecoder>, parts: readonly Uint8Array[]): string {
  try {
    return decoder.decode(Buffer.concat(parts));
  } catch {
    throw new NotAnExport('A line of a log is no text');
  }
}
