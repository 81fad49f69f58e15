import type { Principal } from '../../ports/identity.ts';
import type { App } from '../app.ts';

/** How long the address of an export works, in seconds. */
const addressSeconds = 300;

/** A signed address of the run as one file; the audit log says who was given it. */
export async function exportUrl(
  app: App,
  { tenant, subject }: Principal,
  run: string,
  { children }: { readonly children: boolean },
): Promise<string> {
  await app.runs.mustExist(tenant, run);
  const payload = { run, children };
  await app.audit.update(tenant, () => [{ type: 'run.exported', by: `user:${subject}`, payload }]);
  return app.exports.signedUrl({ tenant, run, children }, addressSeconds);
}
