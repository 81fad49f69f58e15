import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { roleRequired } from '../../../shared/protocol/agents.ts';
import { UsageError } from '../usage-error.ts';

/** What the `package.json` beside a program says about it, under `tandem`. */
const manifest = z.strictObject({ roleRequired: roleRequired().exactOptional() });

export type Manifest = z.infer<typeof manifest>;

/**
 * What the author has written down about a program. A mistyped name is refused: a role that is asked for in vain would let
 * everybody in.
 */
export function manifestOf(file: string): Manifest {
  const path = join(dirname(file), 'package.json');
  const { success, data, error } = manifest.safeParse(sectionIn(path) ?? {});
  if (success) return data;
  const [issue] = error.issues;
  throw new UsageError(`${path}: "tandem" ${issue?.path.join('.') ?? ''}: ${issue?.message}`);
}

function sectionIn(path: string): unknown {
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { tandem?: unknown } | null)?.tandem;
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined;
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`);
  }
}
