import { gunzipSync } from 'node:zlib';
import type { Json, JsonObject } from '../../../../shared/domain/json.ts';
import { isObject } from '../../data-flow/is-object.ts';
import { ObjectFailure, type Objects } from '../objects.ts';
import { readerFailure } from '../reader-failure.ts';
import { csvRows } from './csv.ts';

/** The objects that an inventory of S3 lists: its manifest names files of rows, and their columns. */
export async function* inventoryItems(text: string, bucket: string, objects: Objects): AsyncGenerator<Json> {
  const { fileFormat, fileSchema, files } = parse(text);
  if (fileFormat !== 'CSV' || typeof fileSchema !== 'string' || !Array.isArray(files)) {
    throw readerFailure('The manifest is none of an inventory in CSV.');
  }
  const names = fileSchema.split(',').map((name) => name.trim());
  for (const file of files as readonly Json[]) {
    const key = isObject(file) ? file['key'] : undefined;
    if (typeof key !== 'string') throw readerFailure('The manifest names a file without a key.');
    const rows = await csvRows(unpacked(await objects.get(bucket, key)), ',', Number.MAX_SAFE_INTEGER);
    for (const row of rows) yield Object.fromEntries(names.map((name, column) => [name, row[column] ?? '']));
  }
}

function parse(text: string): JsonObject {
  try {
    const manifest = JSON.parse(text) as Json;
    if (isObject(manifest)) return manifest;
  } catch {
    // Told below.
  }
  throw readerFailure('The manifest is no JSON object.');
}

/** The longest list of objects that is unpacked, in bytes: what is packed may be small and grow without end. */
const maxUnpackedBytes = 1024 ** 3;

function unpacked(body: Buffer): string {
  if (body[0] !== 0x1f || body[1] !== 0x8b) return body.toString('utf8');
  try {
    return gunzipSync(body, { maxOutputLength: maxUnpackedBytes }).toString('utf8');
  } catch (error) {
    throw new ObjectFailure(`A file of the manifest cannot be unpacked: ${(error as Error).message}`);
  }
}
