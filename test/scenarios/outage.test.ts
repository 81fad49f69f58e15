import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Outage } from './outage.ts';

/** An outage whose deployment is a list of what was done, in order. */
function setting(width: number) {
  const done: string[] = [];
  const note = (what: string) => async () => {
    done.push(what);
  };
  const outage = new Outage(width, async (meanwhile) => {
    done.push('down');
    await meanwhile();
    done.push('up');
  });
  return { done, note, outage };
}

describe('an outage that scenarios share', () => {
  it('comes once all wait for it, with what each does before, at last and meanwhile', async () => {
    const { done, note, outage } = setting(2);
    const scenario = (name: string) =>
      outage.cut(async (fail) => {
        done.push(name);
        await fail({
          before: note('before'),
          atLast: note('at last'),
          meanwhile: note('meanwhile'),
        });
        done.push(`${name} goes on`);
      });
    await Promise.all([scenario('a'), scenario('b'), scenario('c')].map((run) => run()));
    assert.deepEqual(done, [
      ...['a', 'b', 'c'],
      ...['before', 'before', 'before'],
      ...['at last', 'at last', 'at last'],
      ...['down', 'meanwhile', 'meanwhile', 'meanwhile', 'up'],
      ...['a goes on', 'b goes on', 'c goes on'],
    ]);
  });

  it('lets so many prepare at once', async () => {
    const { outage } = setting(2);
    let now = 0;
    let most = 0;
    const scenario = outage.cut.bind(outage, async (fail) => {
      most = Math.max(most, ++now);
      await new Promise(setImmediate);
      now -= 1;
      await fail();
    });
    await Promise.all(Array.from({ length: 5 }, scenario).map((run) => run()));
    assert.equal(most, 2);
  });

  it('comes as often as a scenario asks for it', async () => {
    const { done, outage } = setting(1);
    const twice = outage.cut(async (fail) => {
      await fail();
      await fail();
    });
    const once = outage.cut((fail) => fail());
    await Promise.all([twice(), once()]);
    assert.deepEqual(done, ['down', 'up', 'down', 'up']);
  });

  it('does not wait for a scenario that has failed, and fails no other with it', async () => {
    const { done, note, outage } = setting(1);
    const oh = () => Promise.reject(new Error('oh'));
    const early = outage.cut(oh)();
    const late = outage.cut((fail) => fail({ atLast: oh, meanwhile: note('never') }))();
    const later = outage.cut((fail) => fail({ meanwhile: oh }))();
    const good = outage.cut((fail) => fail({ meanwhile: note('meanwhile') }))();
    const ends = await Promise.allSettled([early, late, later, good]);
    assert.deepEqual(
      ends.map(({ status }) => status),
      ['rejected', 'rejected', 'rejected', 'fulfilled'],
    );
    assert.deepEqual(done, ['down', 'meanwhile', 'up']);
  });

  it('that the deployment does not come back from fails all', async () => {
    const outage = new Outage(2, () => Promise.reject(new Error('away')));
    const [a, b] = [outage.cut((fail) => fail()), outage.cut((fail) => fail())];
    const ends = await Promise.allSettled([a(), b()]);
    assert.ok(ends.every((end) => end.status === 'rejected' && end.reason.message === 'away'));
  });
});
