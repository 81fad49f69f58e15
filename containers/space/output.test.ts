import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Output } from './output.ts';

function textOf(limit: number, ...chunks: (string | Buffer)[]) {
  const output = new Output(limit);
  for (const chunk of chunks) output.add(Buffer.from(chunk));
  return output.text();
}

test('output within the limit is kept as it is', () => {
  assert.deepEqual(textOf(100, 'a', 'b\n', 'ü'), { text: 'ab\nü', cut: 0 });
});

test('of longer output the beginning and the end are kept, and how much is missing is said', () => {
  const { text, cut } = textOf(20, 'begin', 'x'.repeat(1_000), 'end');
  assert.match(text, /^begin/);
  assert.match(text, /end$/);
  assert.ok(text.includes(`… ${cut} bytes left out …`));
});

test('a character cut by a chunk is whole again', () => {
  const bytes = Buffer.from('€');
  assert.equal(textOf(100, bytes.subarray(0, 1), bytes.subarray(1)).text, '€');
});

test('whatever is printed, the text is bounded as JSON and nothing is lost unsaid', () => {
  const seed = Date.now();
  console.log(`seed ${seed}`);
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (chunks) => {
      const limit = 600;
      const { text, cut } = textOf(limit, ...chunks.map((chunk) => Buffer.from(chunk)));
      const all = Buffer.concat(chunks);
      assert.ok(Buffer.byteLength(JSON.stringify(text)) <= limit + 64);
      if (cut === 0) assert.equal(text, all.toString('utf8'));
      else assert.ok(cut <= all.byteLength);
    }),
    { seed },
  );
});
