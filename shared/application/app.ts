import { Audit } from './audit/audit.ts';
import { WatchedBlobs } from './disposal/watched-blobs.ts';
import type { Ports } from './ports.ts';
import { Conversations } from './runs/conversations.ts';
import { Runs } from './runs/runs.ts';
import { Announcements } from './webhooks/announcements.ts';
import { BlobsWithKnownFolders } from './workspace/known-folders.ts';

/** What use cases are given: the ports, and what is read and written through them: runs, and the audit logs. */
export interface App extends Ports {
  readonly runs: Runs;
  readonly audit: Audit;
  readonly announcements: Announcements;
  readonly conversations: Conversations;
  /** Tells which blobs somebody relies on. */
  readonly watched: WatchedBlobs;
}

export function createApp(ports: Ports): App {
  const watched = new WatchedBlobs(ports.blobs);
  const blobs = new BlobsWithKnownFolders(watched);
  const announcements = new Announcements(ports);
  return {
    ...ports,
    blobs,
    watched,
    runs: new Runs(ports, announcements),
    audit: new Audit(ports, announcements),
    announcements,
    conversations: new Conversations(),
  };
}

/** The clock's time as the log writes it. */
export function isoNow({ clock }: Pick<Ports, 'clock'>): string {
  return new Date(clock.now()).toISOString();
}
