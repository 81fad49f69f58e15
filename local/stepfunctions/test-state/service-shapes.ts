import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';

/** What a value in the answer of a service must look like; other shapes are referred to by number. */
export type CompactShape =
  | { readonly t: 'any' | 'boolean' }
  | { readonly t: 'number'; readonly min?: number; readonly max?: number }
  /** Blobs and times are text as well. */
  | { readonly t: 'string'; readonly min?: number; readonly max?: number; readonly enum?: readonly string[] }
  | { readonly t: 'list'; readonly of: number; readonly min?: number; readonly max?: number }
  | { readonly t: 'map'; readonly of: number }
  | {
      readonly t: 'structure';
      readonly fields: Readonly<Record<string, number>>;
      readonly required?: readonly string[];
    };

/** The answers of a service. */
export interface ServiceShapes {
  /** Number of the answer's shape, by the action's name in lower case. */
  readonly actions: Readonly<Record<string, number>>;
  readonly shapes: readonly CompactShape[];
}

const folder = new URL('shapes/', import.meta.url);
const decompress = promisify(brotliDecompress);
const loaded = new Map<string, Promise<ServiceShapes | undefined>>();

/** The shapes of a service, by its name in `aws-sdk:<service>`; `undefined` where they are not known. */
export function loadServiceShapes(service: string): Promise<ServiceShapes | undefined> {
  const known = loaded.get(service) ?? load(service);
  loaded.set(service, known);
  return known;
}

async function load(service: string): Promise<ServiceShapes | undefined> {
  if (!/^[a-z0-9]+$/.test(service)) return undefined;
  try {
    const text = await decompress(await readFile(new URL(`${service}.br`, folder)));
    return JSON.parse(text.toString()) as ServiceShapes;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
