import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stranger } from './callers.ts';
import { atOnce } from './pace.ts';
import { refused, type Twin } from './twin.ts';

const given = [
  { path: 'given/table.csv', content: 'a,b\n1,2\n' },
  { path: 'given/bytes.bin', content: 'AP8=', encoding: 'base64' as const },
];

export function files(twin: () => Twin): void {
  describe('files and artefacts', { concurrency: atOnce(4) }, () => {
    it('are written, edited, deleted, listed and read', async () => {
      assert.deepEqual(await twin().outputOf('filing', null, { files: given }), {
        text: '# To do\n- write\n- edit\n',
        bytes: 'AP/+AA==',
        files: ['bytes.bin 4', 'given/bytes.bin 2', 'given/table.csv 8', 'notes/todo.md 23'],
        notes: ['notes/todo.md'],
      });
    });

    it('that are results are listed and fetched, by their names', async () => {
      const { run } = await twin().start('filing', null, { files: given });
      await twin().endedAs('succeeded', run);
      const client = await twin().client();
      const listed = await client.listArtifacts(run);
      assert.deepEqual(
        listed.map(({ name, path, mediaType, size }) => [name, path, mediaType, size]),
        [
          ['todo.md', 'notes/todo.md', 'text/markdown; charset=utf-8', 23],
          ['raw/bytes', 'bytes.bin', 'application/x-bytes', 4],
          ['A täble (1).csv', 'given/table.csv', 'text/csv; charset=utf-8', 8],
        ],
      );
      assert.deepEqual(await client.downloadArtifact(run, 'raw/bytes'), new Uint8Array([0, 255, 254, 0]));
      await refused(client.downloadArtifact(run, 'nothing'), 404, 'resource.not-found');
    });

    it('that are too large for a request go up first, once, and so does an input', async () => {
      const client = await twin().client();
      const table = Buffer.alloc(6 * 1024 * 1024, 'id,price\n');
      const upload = await client.upload(table);
      assert.equal(await client.upload(table), upload);
      const input = { text: 'y'.repeat(6 * 1024 * 1024), times: 1 };
      const inputUpload = await client.upload(Buffer.from(JSON.stringify(input)));
      const { run } = await twin().start('filing', null, {
        files: [{ path: 'given/table.csv', upload }, ...given.slice(1)],
      });
      await twin().endedAs('succeeded', run);
      const bytes = await client.downloadArtifact(run, 'A täble (1).csv');
      assert.ok(Buffer.from(bytes).equals(table));
      await twin().publish('echoing');
      const echoed = await client.startRun({ agent: 'echoing', inputUpload });
      assert.equal(await twin().output(echoed.run), input.text);
    });

    it('that are nowhere, or not what was announced, are refused', async () => {
      const client = await twin().client();
      const nowhere = 'f'.repeat(64);
      await twin().publish('filing');
      const start = { agent: 'filing' };
      const files = [{ path: 'a', upload: nowhere }];
      await refused(client.startRun({ ...start, files }), 404, 'resource.not-found');
      await refused(client.startRun({ ...start, inputUpload: nowhere }), 404, 'resource.not-found');
      const theirs = await (await twin().client(stranger)).upload(Buffer.from('theirs'));
      await refused(
        client.startRun({ ...start, files: [{ path: 'a', upload: theirs }] }),
        404,
        'resource.not-found',
      );
      const text = await client.upload(Buffer.from('no JSON'));
      await refused(client.startRun({ ...start, inputUpload: text }), 400, 'request.invalid');
      const bad = [{ path: 'a', content: 'QUI', encoding: 'base64' as const }];
      await refused(client.startRun({ ...start, files: bad }), 400, 'request.invalid');
    });

    it('are fetched from an address of their own, which needs no token and tells what they are', async () => {
      const { run } = await twin().start('filing', null, { files: given });
      await twin().endedAs('succeeded', run);
      const name = encodeURIComponent('A täble (1).csv');
      const referred = await twin().request('GET', `/v1/runs/${run}/artifacts/${name}`);
      assert.equal(referred.status, 303);
      const address = referred.headers.get('location') ?? '';
      const answer = await fetch(address);
      assert.equal(await answer.text(), 'a,b\n1,2\n');
      assert.match(answer.headers.get('content-type') ?? '', /^text\/csv/);
      assert.match(
        answer.headers.get('content-disposition') ?? '',
        /filename\*=UTF-8''A%20t%C3%A4ble%20%281%29\.csv/,
      );
      const forged = await fetch(address.replace(/[0-9a-f]{64}/, '0'.repeat(64)));
      assert.ok(forged.status === 401 || forged.status === 403, String(forged.status));
    });
  });
}
