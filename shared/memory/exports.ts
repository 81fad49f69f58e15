import type { ExportedRuns, Exports } from '../ports/exports.ts';

/** Addresses that name what is exported, but nobody serves them. */
export class MemoryExports implements Exports {
  async signedUrl({ tenant, run, children }: ExportedRuns, expiresIn: number): Promise<string> {
    return `memory:///v1/exports/${tenant}/${run}?children=${children}&expiresIn=${expiresIn}`;
  }
}
