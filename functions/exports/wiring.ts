import { exportRun } from '../../shared/application/exports/export-run.ts';
import { assertServed } from '../../shared/application/tenants/serve.ts';
import type { ExportedRuns } from '../../shared/ports/exports.ts';
import { bucketOf } from '../blobs/bucket.ts';
import { later } from '../later.ts';
import type { Part } from '../wired.ts';

export const exportsPart: Part = (surroundings, app) => {
  const bucket = bucketOf(surroundings);
  const exported = async (runs: ExportedRuns) => {
    await assertServed(app(), { tenant: runs.tenant, roles: [] });
    return exportRun(app(), runs);
  };
  return { exports: later(async () => (await import('../blobs/s3/wiring.ts')).s3Exports(bucket, exported)) };
};
