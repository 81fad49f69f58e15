import type { Principal } from '../../ports/identity.ts';
import type { App } from '../app.ts';

/** How long the address of an export works, in seconds. */
const addressSeconds = 300;

/** A signed address of the run as one file. */
export async function exportUrl(
  app: App,
  { tenant }: Principal,
  run: string,
  { children }: { readonly children: boolean },
): Promise<string> {
  await app.runs.load(tenant, run);
  return app.exports.signedUrl({ tenant, run, children }, addressSeconds);
}
