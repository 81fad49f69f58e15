import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { selfSigned } from '../../../local/tls/self-signed.ts';
import { type Cluster, startCluster } from '../../support/postgres/cluster.ts';

const run = promisify(execFile);

/** A server with a certificate of its own, and processes that trust this one, another one, or none besides those of Node. */
export function describeCertificate(programs: string): void {
  describe('a server that presents a certificate', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tandem-certificates-'));
    const trusted = join(folder, 'trusted.pem');
    const other = join(folder, 'other.pem');
    let cluster: Cluster;

    before(async () => {
      const tls = await selfSigned(['127.0.0.1'], Date.now());
      writeFileSync(trusted, tls.certificate);
      writeFileSync(other, (await selfSigned(['127.0.0.1'], Date.now())).certificate);
      cluster = await startCluster(programs, { tls });
    });
    after(async () => {
      await cluster.stop();
      rmSync(folder, { recursive: true });
    });

    it('is worked with where that is trusted', async () => {
      assert.equal(await read(cluster, trusted), 'read');
    });

    it('is refused where another one is, or none of its own', async () => {
      assert.match(await read(cluster, other), /^store\..*self.signed/i);
      assert.match(await read(cluster, undefined), /^store\..*self.signed/i);
    });
  });
}

/** What comes of reading a record, in a process that trusts the certificate in a file. */
async function read({ address }: Cluster, trusted: string | undefined): Promise<string> {
  const script = `
    import { PostgresRecords } from './shared/postgres/records.ts';
    import { openPostgresStore } from './shared/postgres/store.ts';
    const address = ${JSON.stringify(`${address}?sslmode=verify-full`)};
    const store = openPostgresStore({ auth: 'password', address, patienceMs: 2_000 });
    const said = await new PostgresRecords(store).find('tenant', 'acme').then(
      () => 'read',
      ({ code, message, cause }) => [code, message, cause?.message].join(' '),
    );
    await store.close();
    process.stdout.write(said);`;
  const env = { PATH: process.env['PATH'], ...(trusted ? { NODE_EXTRA_CA_CERTS: trusted } : {}) };
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
    cwd: new URL('../../..', import.meta.url),
    env,
  });
  return stdout;
}
