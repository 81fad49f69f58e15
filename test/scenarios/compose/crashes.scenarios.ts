import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { Twin } from '../twin.ts';
import type { ComposeDeployment } from './deployment.ts';

/** What may break by itself in the Compose twin: a worker, the engine, any one container. */
export function crashes(open: () => Promise<ComposeDeployment>): void {
  describe('a container that ends without warning', () => {
    let deployment: ComposeDeployment;
    let twin: Twin;
    before(async () => {
      deployment = await open();
      twin = new Twin(deployment);
    });

    /** A run that waits for a person and one that waits for a signal: both are in flight. */
    async function inFlight() {
      const [asking, listening] = await Promise.all([
        twin.start('asking', {}),
        twin.start('listening', { names: ['one', 'two'] }),
      ]);
      const { approval } = await twin.approval(asking.run);
      await twin.event(listening.run, 'operation.requested');
      return {
        async goOn() {
          const client = await twin.client();
          await client.approve(approval);
          await client.signalRun(listening.run, { name: 'one', payload: 1 });
          await client.signalRun(listening.run, { name: 'two', payload: 2 });
          assert.equal((await twin.output<{ decision: string }>(asking.run)).decision, 'approved');
          assert.deepEqual(await twin.output(listening.run), [1, 2]);
        },
      };
    }

    async function killAndStart(service: string): Promise<void> {
      const { project } = deployment;
      await project.kill(await project.containers(service));
      await project.compose('start', service);
      await deployment.deployed();
    }

    for (const service of ['localstack', 'dynamodb', 's3', 'gateway', 'identity', 'launcher', 'deployer']) {
      it(`${service}: every run in flight goes on`, async () => {
        const runs = await inFlight();
        await killAndStart(service);
        await runs.goOn();
        assert.deepEqual(await twin.outputOf('echoing', { text: 'x', times: 2 }), 'xx');
      });
    }

    it('a worker: its command is not repeated, and its run goes on', async () => {
      const { project } = deployment;
      const others = new Set(await project.workers('running'));
      const { run } = await twin.start('commanding', { command: 'sleep 600', timeoutMs: 1_200_000 });
      await twin.event(run, 'operation.started');
      const workers = (await project.workers('running')).filter((id) => !others.has(id));
      assert.equal(workers.length, 1);
      await project.kill(workers);
      assert.deepEqual(await twin.output(run), { code: 'operation.interrupted' });
      // Whoever started it said so; nobody had to miss a heartbeat.
      const { payload } = await twin.event(run, 'operation.interrupted');
      assert.match(String(payload['reason']), /^Its task stopped: /);
    });
  });
}
