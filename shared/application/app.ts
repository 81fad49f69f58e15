import type { Ports } from './ports.ts';
import { Runs } from './runs/runs.ts';
import { BlobsWithKnownFolders } from './workspace/known-folders.ts';

/** What use cases are given: the ports, and the runs that are read and written through them. */
export interface App extends Ports {
  readonly runs: Runs;
}

export function createApp(ports: Ports): App {
  const blobs = new BlobsWithKnownFolders(ports.blobs);
  return { ...ports, blobs, runs: new Runs(ports) };
}

/** The clock's time as the log writes it. */
export function isoNow({ clock }: Pick<Ports, 'clock'>): string {
  return new Date(clock.now()).toISOString();
}
