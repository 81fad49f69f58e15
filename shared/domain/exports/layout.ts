import type { Digest } from '../content.ts';

/** Version of the layout of export files. */
export const exportFormat = 1;

/** A run in an export: the first is the one that was asked for, the others are below it. */
export interface ExportedRun {
  readonly run: string;
  /** Events in its log. */
  readonly events: number;
  /** Whether it had ended: only then is its head signed. */
  readonly ended: boolean;
}

/** What an export file says of itself; its first file. Nothing in it depends on when or where it was made. */
export interface ExportManifest {
  readonly format: typeof exportFormat;
  readonly tenant: string;
  readonly runs: readonly ExportedRun[];
  /** Folders of workspaces, and all other blobs. */
  readonly folders: number;
  readonly blobs: number;
}

/**
 * The names in an export file, in the order of the files: the manifest; of each run the events and the head; folders,
 * each behind one that names it; blobs by digest.
 */
export const exportNames = {
  manifest: 'tandem-export.json',
  events: (run: string) => `runs/${run}/events.jsonl`,
  head: (run: string) => `runs/${run}/head.json`,
  folder: (digest: Digest) => `folders/${digest}`,
  blob: (digest: Digest) => `blobs/${digest}`,
} as const;
