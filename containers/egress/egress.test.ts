import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { squidSettings } from '../../infra/constructs/squid-settings.ts';
import { ourImage, withoutImage } from '../../test/support/docker.ts';

const found = ourImage('egress');
const name = `tandem-test-egress-${process.pid}`;
const port = 3128;

/** Names that the proxy knows: one of a host that is not there, and one of ours that leads inwards. */
const hosts = ['--add-host', 'api.example.com:192.0.2.1', '--add-host', 'inward.example.com:10.64.0.2'];

const docker = (...args: readonly string[]): string =>
  execFileSync('docker', args, { encoding: 'utf8' }).trim();

describe('the proxy', { skip: withoutImage(found) }, () => {
  let published = '';
  before(async () => {
    assert.ok('image' in found, 'absent' in found ? found.absent : '');
    const settings = squidSettings({
      port,
      allowed: ['api.example.com', 'inward.example.com', 'unknown.example.com'],
      free: [],
    });
    docker(
      ...['run', '--detach', '--name', name, '--read-only', '--cap-drop', 'ALL', ...hosts],
      ...['--publish', `127.0.0.1::${port}`, '--env', `SQUID_SETTINGS=${settings}`, 'tandem/egress'],
    );
    [published = ''] = docker('port', name, `${port}/tcp`).split('\n');
    while ((await asked('CONNECT', 'denied.example.com:443')) === undefined) assert.equal(running(), 'true');
  });
  after(() => spawnSync('docker', ['rm', '--force', '--volumes', name]));

  const running = () => docker('inspect', '-f', '{{.State.Running}}', name);

  /** The status that the proxy answers with; none where it does not listen. */
  async function asked(method: string, path: string): Promise<number | undefined> {
    const { hostname, port: at } = new URL(`http://${published}`);
    const sent = request({ hostname, port: at, method, path, agent: false });
    sent.end();
    try {
      const event = method === 'CONNECT' ? 'connect' : 'response';
      const [{ statusCode }] = await once(sent, event);
      return statusCode;
    } catch {
      return undefined;
    } finally {
      sent.destroy();
    }
  }

  it('refuses what is not listed, another port, and anything but a tunnel', async () => {
    assert.equal(await asked('CONNECT', 'denied.example.com:443'), 403);
    assert.equal(await asked('CONNECT', 'api.example.com:80'), 403);
    assert.equal(await asked('GET', 'http://api.example.com/'), 403);
  });

  it('refuses names that lead inwards, and addresses of the network', async () => {
    assert.equal(await asked('CONNECT', 'inward.example.com:443'), 403);
    for (const address of ['10.64.0.2', '169.254.169.254', '127.0.0.1', '[::1]', '[::ffff:10.0.0.1]']) {
      assert.equal(await asked('CONNECT', `${address}:443`), 403, address);
    }
  });

  it('goes for what is listed', async () => {
    // It looks for the host, and says that there is none.
    assert.equal(await asked('CONNECT', 'unknown.example.com:443'), 503);
  });

  it('says on its output who was let where, and ends when it is told to', () => {
    const { stdout, stderr } = spawnSync('docker', ['logs', name], { encoding: 'utf8' });
    assert.match(stdout + stderr, /TCP_DENIED\/403 .* CONNECT denied\.example\.com:443/);
    docker('stop', '-t', '30', name);
    assert.equal(docker('inspect', '-f', '{{.State.ExitCode}}', name), '0');
  });
});
