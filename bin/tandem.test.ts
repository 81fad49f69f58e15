import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type Checkout, fakeCheckout, type Launched } from './checkout-fixture.ts';

const cli = `
const [word] = process.argv.slice(2);
if (word === 'echo') {
  let typed: string = '';
  for await (const chunk of process.stdin) typed += chunk;
  console.log(JSON.stringify({ args: process.argv.slice(2), typed }));
  console.error('to stderr');
}
if (word === 'exit') process.exitCode = 42;
if (word === 'abort') process.kill(process.pid, 'SIGKILL');
if (word === 'throw') throw new Error('thrown by the command');
if (word === 'serve') {
  const stop = (signal: string) => { console.log(signal); clearInterval(serving); };
  const serving = setInterval(() => {}, 60_000);
  process.on('SIGTERM', stop).on('SIGINT', stop).on('SIGHUP', stop);
  console.log('ready');
}`;

let checkout: Checkout;
beforeEach(() => {
  checkout = fakeCheckout(cli);
});
afterEach(() => checkout.remove());

const ways = {
  'in this process': (args: readonly string[]) => checkout.start(args),
  'handed over to the pinned Node': (args: readonly string[]) => checkout.startHandingOver(args),
};

for (const [way, start] of Object.entries(ways)) {
  describe(`a command ${way}`, () => {
    it('is given its arguments and streams', async () => {
      const launched = start(['echo', '--json', 'two words', '']);
      launched.process.stdin.end('typed');
      const { code, stdout, stderr } = await launched.ended;
      assert.equal(code, 0);
      assert.deepEqual(JSON.parse(stdout), { args: ['echo', '--json', 'two words', ''], typed: 'typed' });
      assert.match(stderr, /to stderr/);
    });

    it('ends with its own exit code', async () => {
      assert.equal((await start(['exit']).ended).code, 42);
    });

    it('shows an error nobody caught and ends with 1', async () => {
      const { code, stderr } = await start(['throw']).ended;
      assert.equal(code, 1);
      assert.match(stderr, /thrown by the command/);
    });

    if (process.platform !== 'win32') {
      it('ends with the signal that ended it', async () => {
        assert.equal((await start(['abort']).ended).signal, 'SIGKILL');
      });

      for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
        it(`is given ${signal} and the time to stop`, async () => {
          const launched = start(['serve']);
          await ready(launched);
          launched.process.kill(signal);
          const { code, stdout } = await launched.ended;
          assert.deepEqual([code, stdout], [0, `ready\n${signal}\n`]);
        });
      }
    }
  });
}

describe('the launcher', () => {
  it('leaves nothing running when it is killed', async () => {
    const launched = checkout.startHandingOver(['serve']);
    await ready(launched);
    launched.process.kill('SIGKILL');
    // The streams end only when the command has ended too.
    assert.equal((await launched.ended).stdout, 'ready\nSIGTERM\n');
  });

  if (process.platform !== 'win32') {
    it('stops when the npm script around it is gone, though npm tells only the shell', async () => {
      checkout.write('package.json', '{"type":"module","scripts":{"start":"node bin/tandem.mjs serve"}}');
      const launched = checkout.startNpm(['start', '--silent']);
      await ready(launched);
      launched.process.kill('SIGTERM');
      assert.equal((await launched.ended).stdout, 'ready\nSIGTERM\n');
    });
  }

  it('keeps compiled code between starts', async () => {
    await checkout.start(['exit']).ended;
    assert.ok(existsSync(join(checkout.root, 'node_modules', '.cache', 'tandem')));
  });

  it('says in one sentence why npm failed, and exits with 1', async () => {
    checkout.write('package-lock.json', '{"packages":{"node_modules/a":{"version":"1.0.0"}}}');
    checkout.write('npm-cli.js', 'console.error("npm error code ENOTFOUND"); process.exitCode = 1;');
    const launched = checkout.start(['exit'], { npm_execpath: join(checkout.root, 'npm-cli.js') });
    const { code, stderr } = await launched.ended;
    assert.equal(code, 1);
    const [progress, problem, ...more] = stderr.trim().split('\n');
    assert.match(progress ?? '', /^Installing dependencies from package-lock\.json \.* failed\.$/);
    assert.match(problem ?? '', /registry cannot be reached/);
    assert.deepEqual(more, []);
  });

  it('installs with the npm that called it, with the pinned Node among the packages', async () => {
    checkout.write('package-lock.json', '{"packages":{"node_modules/a":{"version":"1.0.0"}}}');
    checkout.write(
      'npm-cli.js',
      'require("node:fs").writeFileSync("called", process.argv.slice(2).join(" "));',
    );
    checkout.write('package.json', '{}');
    const launched = checkout.start(['exit'], { npm_execpath: join(checkout.root, 'npm-cli.js') });
    assert.equal((await launched.ended).code, 42);
    assert.match(readFileSync(join(checkout.root, 'called'), 'utf8'), /^ci --include=dev /);
  });
});

async function ready(launched: Launched): Promise<void> {
  const [chunk] = await once(launched.process.stdout, 'data');
  assert.equal(String(chunk), 'ready\n');
}
