/**
 * Writes down an export file of this format, with an erased payload: `node test/golden/record-export.ts`. Once for each
 * format: what is recorded is never written again.
 */
import { writeFileSync } from 'node:fs';
import { createApp } from '../../shared/application/app.ts';
import { erasePayload } from '../../shared/application/disposal/erase-payload.ts';
import { exportRun } from '../../shared/application/exports/export-run.ts';
import { treeFromFiles } from '../../shared/application/workspace/tree-from-files.ts';
import { exportFormat } from '../../shared/domain/exports/layout.ts';
import { Ed25519Signer, generateSigningKey } from '../../shared/system/ed25519-signer.ts';
import { begin, memoryApp, someRun } from '../support/memory-app.ts';

const engine = { forget: async () => {} } as never;
const app = createApp({ ...memoryApp(), signer: new Ed25519Signer(generateSigningKey()), engine });
const { tenant, run } = someRun;
const files = [
  { path: 'a.txt', content: 'A' },
  { path: 'deep/b.txt', content: 'B' },
];
await begin(app, {
  type: 'operation.completed',
  by: 'run',
  payload: {
    operation: 1,
    record: { kind: 'file.write', hash: 'c'.repeat(64), request: { inline: { path: 'a.txt' } } },
    outcome: { ok: true, value: { inline: null } },
    tree: await treeFromFiles(app.blobs.forTenant(tenant), files),
  },
});
await app.runs.update(tenant, run, () => [
  { type: 'run.succeeded', by: 'run', payload: { output: { inline: 'to be erased' } } },
]);
const admin = { tenant, subject: 'boss', roles: ['admin'] } as const;
await erasePayload(app, admin, { run, seq: 4, reason: 'Asked for' });
const { bytes } = await exportRun(app, { tenant, run, children: false });
writeFileSync(
  new URL(`exports/format-${exportFormat}.tar`, import.meta.url),
  Buffer.concat(await Array.fromAsync(bytes)),
);
