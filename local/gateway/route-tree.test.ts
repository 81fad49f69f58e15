import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RouteTree } from './route-tree.ts';

function tree() {
  const routes = new RouteTree<string>();
  routes.add('GET', '/v1/runs', 'list');
  routes.add('POST', '/v1/runs', 'start');
  routes.add('GET', '/v1/runs/{run}', 'get');
  routes.add('GET', '/v1/runs/{run}/artifacts/{name}', 'artifact');
  routes.add('GET', '/v1/runs/all', 'all');
  routes.add('PUT', '/v1/files/{folder}/{path+}', 'file');
  routes.add('GET', '/v1/files/{folder}/list', 'files');
  return routes;
}

test('methods of one path lead to their own routes', () => {
  assert.deepEqual(tree().find('GET', '/v1/runs'), { kind: 'found', target: 'list', params: null });
  assert.deepEqual(tree().find('POST', '/v1/runs'), { kind: 'found', target: 'start', params: null });
});

test('parameters are given as they stand in the path', () => {
  assert.deepEqual(tree().find('GET', '/v1/runs/r1/artifacts/a%2Fb'), {
    kind: 'found',
    target: 'artifact',
    params: { run: 'r1', name: 'a%2Fb' },
  });
});

test('a fixed segment wins over a parameter', () => {
  assert.deepEqual(tree().find('GET', '/v1/runs/all'), { kind: 'found', target: 'all', params: null });
});

test('the rest of a path is one parameter, and wins over nothing', () => {
  assert.deepEqual(tree().find('PUT', '/v1/files/f/a/b//c%2F/'), {
    kind: 'found',
    target: 'file',
    params: { folder: 'f', path: 'a/b//c%2F/' },
  });
  assert.deepEqual(tree().find('GET', '/v1/files/f/a/b'), { kind: 'method', allow: ['PUT'] });
  assert.equal(tree().find('GET', '/v1/files/f/list').kind, 'found');
  assert.deepEqual(tree().find('PUT', '/v1/files/f/'), { kind: 'path' });
});

test('HEAD goes where GET goes', () => {
  assert.equal(tree().find('HEAD', '/v1/runs').kind, 'found');
});

test('another method is told which ones there are', () => {
  assert.deepEqual(tree().find('DELETE', '/v1/runs'), { kind: 'method', allow: ['GET', 'HEAD', 'POST'] });
});

for (const path of [
  '/',
  '/v1',
  '/v1/',
  '/v1/runs/',
  '//v1/runs',
  '/v1//runs',
  '/v1/runs//artifacts/a',
  '/v1/runs/r1/artifacts/',
  '/v1/runs/r1/artifacts/a/b',
  '/v1/runs/../runs',
  '/v1/RUNS',
  '/constructor',
  '/__proto__',
]) {
  test(`${path} leads nowhere`, () => {
    assert.deepEqual(tree().find('GET', path), { kind: 'path' });
  });
}
