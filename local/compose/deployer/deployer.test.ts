import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { readDeployment } from '../deployment.ts';
import { Deployer, type DeployerOptions } from './deployer.ts';
import type { Presence } from './twin-stack.ts';

/** Tables that are made by hand, a LocalStack whose state is set by hand, and everything that was done, in order. */
function setting(context: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-deployer-'));
  const file = join(folder, 'deployment.json');
  const done: string[] = [];
  const tables = Promise.withResolvers<void>();
  const state: { presence: Presence } = { presence: 'gone' };
  const waiting: { what: string; told: () => void }[] = [];
  const note = (what: string) => {
    done.push(what);
    for (const one of waiting) if (one.what === what) one.told();
  };
  const options: DeployerOptions = {
    stack: {
      digest: 'd',
      presence: async () => state.presence,
      deploy: async () => {
        note('deployed');
        state.presence = 'there';
      },
      api: async () => 'http://localstack:4566/api',
    },
    file,
    makeDurable: async () => {
      await tables.promise;
      note('tables');
    },
    tidyUp: async () => {
      note('tidied up');
      return 0;
    },
    reconcile: async () => note('reconciled'),
    told: (isDeployed) => note(isDeployed ? 'there' : 'lost'),
  };
  const stop = new AbortController();
  const deployer = new Deployer(options);
  const start = () => deployer.run(stop.signal);
  /** Resolves when something is done the next time. */
  const next = (what: string) => new Promise<void>((told) => waiting.push({ what, told }));
  context.after(() => {
    stop.abort();
    rmSync(folder, { recursive: true });
  });
  return { deployer, start, stop, state, tables, done, file, next };
}

describe('the deployer', () => {
  it('deploys while tables are made, and says that it is there once both are', async (context) => {
    const { start, done, tables, file, next } = setting(context);
    const deployed = next('deployed');
    const there = next('there');
    start().catch(() => {});
    await deployed;
    assert.equal(readDeployment(file), undefined);
    tables.resolve();
    await there;
    assert.deepEqual(done, ['tidied up', 'deployed', 'tables', 'reconciled', 'there']);
    assert.deepEqual(readDeployment(file), { api: 'http://localstack:4566/api', digest: 'd' });
  });

  it('has runs looked at again after LocalStack was lost, which takes the deployment back', async (context) => {
    const { start, done, tables, state, file, next } = setting(context);
    tables.resolve();
    const there = next('there');
    start().catch(() => {});
    await there;
    done.length = 0;
    const lost = next('lost');
    const back = next('there');
    state.presence = 'away';
    await lost;
    assert.equal(readDeployment(file), undefined);
    state.presence = 'gone';
    await back;
    const once = done.filter((what, index) => what !== done[index - 1]);
    assert.deepEqual(once, ['lost', 'tidied up', 'deployed', 'reconciled', 'there']);
  });

  it('ends when it is stopped, and removes what LocalStack has left where that is away', async (context) => {
    const { deployer, start, done, stop, state, tables, next } = setting(context);
    tables.resolve();
    const there = next('there');
    const running = start();
    await there;
    stop.abort();
    await assert.rejects(running, { name: 'AbortError' });
    done.length = 0;
    await deployer.close();
    assert.deepEqual(done, []);
    state.presence = 'away';
    await deployer.close();
    assert.deepEqual(done, ['tidied up']);
  });
});
