import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as z from 'zod';
import { routes } from '../../functions/http/routes.ts';
import { schema } from './schema.ts';

/** Ids of the schemas that exist by now, of those that have a name of their own. */
const made = () => Object.keys(z.toJSONSchema(z.globalRegistry, { unrepresentable: 'any' }).schemas);

describe('a schema', () => {
  it('is made when it is asked for, and once', () => {
    let times = 0;
    const text = schema(() => {
      times += 1;
      return z.string();
    });
    assert.equal(times, 0);
    assert.equal(text(), text());
    assert.equal(times, 1);
  });

  it('of a route is made by its requests alone: none by loading the routes, none of an answer by a request', () => {
    assert.deepEqual(made(), []);
    routes.startRun.body();
    assert.deepEqual(made().sort(), ['StartFile', 'StartRun']);
  });
});
