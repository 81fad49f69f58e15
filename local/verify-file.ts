import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type VerifiedExport, verifyExport } from '../shared/application/exports/verify-export.ts';
import { exitWith, say, typedWords } from './command-line.ts';
import { folderError } from './data-folder/folder-error.ts';
import { terminalProgress } from './progress.ts';

/** `tandem verify FILE`: checks an exported run, without a server or anything else of ours. */

const usage = 'Usage: tandem verify FILE [--key KEY] [--json]';

const progress = terminalProgress();
try {
  const { values, words } = typedWords({ options: ['key'], words: ['FILE'] });
  const [path = ''] = words;
  const { size } = await stat(path);
  const verified = await verifyExport(
    bytesOf(path, size),
    values.key === undefined ? {} : { key: values.key },
  );
  progress.end();
  const findings = [...verified.findings, ...verified.runs.flatMap((run) => run.findings)];
  say(linesOf(path, verified).join('\n'), { file: path, ...verified });
  process.exitCode = findings.length === 0 ? 0 : 1;
} catch (error) {
  progress.end();
  exitWith(folderError(error), usage);
}

async function* bytesOf(path: string, size: number): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const part of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    read += (part as Buffer).byteLength;
    progress.show(`Verifying ${path}`, read / size);
    yield part as Buffer;
  }
}

function linesOf(path: string, { runs, blobs, findings, tenant }: VerifiedExport): string[] {
  const lines = runs.flatMap(({ run, events, head, findings: found, erased }) => {
    if (found.length > 0) return [`Damaged  ${run}`, ...found.map(findingLine)];
    const signed = head?.signature
      ? `head signed by key ${head.signature.key}`
      : 'not ended, so its head is not signed yet';
    return [
      `Sound  ${run} of tenant ${tenant}`,
      `  ${events} events, one unbroken chain; ${signed}`,
      `  head ${head?.hash}`,
      ...erased.map(({ seq, by, at, reason }) =>
        findingLine({ kind: 'erased', message: `event ${seq} by ${by}, ${at.slice(0, 10)}: ${reason}` }),
      ),
    ];
  });
  if (findings.length > 0) return [...lines, `Damaged  ${path}`, ...findings.map(findingLine)];
  return [
    ...lines,
    `  ${blobs} blobs, each as its name says; nothing is missing, nothing else is in the file`,
  ];
}

function findingLine({ kind, message }: { readonly kind: string; readonly message: string }): string {
  return `  ${kind.padEnd(10)}${message}`;
}
