import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startProblem } from './start-problem.ts';

test('what the server says is passed on, once', () => {
  const { code, message, remedy } = startProblem(
    '{"level":"info"}\ntandem: There is no space left for /d/log.db. ' +
      'Free some space; nothing that was acknowledged is lost. [data.full]\n',
    '/d/server.log',
  );
  assert.deepEqual(
    { code, message, remedy },
    {
      code: 'data.full',
      message: 'There is no space left for /d/log.db.',
      remedy: 'Free some space; nothing that was acknowledged is lost.',
    },
  );
});

test('a server that ends without a word is told by its log', () => {
  const { code, message, remedy } = startProblem('Segmentation fault\n', '/d/server.log');
  assert.equal(code, 'server.unreachable');
  assert.equal(message, 'The server did not start:\nSegmentation fault');
  assert.equal(
    startProblem('', '/d/server.log').message,
    'The server did not start, and has written nothing to its log',
  );
  assert.match(remedy, /^Its log is \/d\/server\.log; /);
});
