import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  coreIsPure,
  layersPointInward,
  noBarrels,
  noMachinePaths,
  publicIsDocumented,
  type Rule,
  wiringConstructsAdapters,
} from './rules.ts';
import { readSourceTree, sourceTree } from './source-tree.ts';

const tree = readSourceTree(fileURLToPath(new URL('../..', import.meta.url)));

/** A rule, a tree that keeps it and texts that break it, by path. */
interface Example {
  readonly name: string;
  readonly rule: Rule;
  readonly kept: Readonly<Record<string, string>>;
  readonly broken: readonly [path: string, text: string][];
}

const examples: readonly Example[] = [
  {
    name: 'imports go down the layers only',
    rule: layersPointInward,
    kept: {
      'shared/domain/evolve/run.ts':
        "import { x } from '../events.ts'; import { E } from '../../errors/catalogue.ts';",
      'shared/application/start.ts': "import type { Clock } from '../ports/clock.ts';",
      'shared/sqlite/log.ts': "import type { EventLog } from '../ports/event-log.ts';",
      'shared/domain/x.test.ts': "import { SeededIds } from '../memory/seeded-ids.ts';",
      'clients/cli/main.ts': "import { schema } from '../../shared/protocol/runs.ts';",
    },
    broken: [
      ['shared/domain/evolve.ts', "import type { Clock } from '../ports/clock.ts';"],
      ['shared/domain/evolve.ts', "import { z } from '../protocol/json.ts';"],
      ['shared/domain/evolve.ts', "export { Clock } from '../ports/clock.ts';"],
      ['shared/domain/evolve.ts', "import '../sqlite/log.ts';"],
      ['shared/domain/evolve.ts', "const x = await import('../sqlite/log.ts');"],
      [
        'shared/domain/evolve.ts',
        "// biome-ignore lint: x\nimport { a } /* b */ from /* c */ '../ports/clock.ts';",
      ],
      ['shared/ports/clock.ts', "import { a } from '../application/step.ts';"],
      ['shared/application/start.ts', "import {\n  SqliteLog,\n} from '../sqlite/log.ts';"],
      ['shared/sqlite/log.ts', "import { x } from '../files/blobs.ts';"],
      ['shared/memory/log.ts', "import { x } from '../application/start.ts';"],
      ['functions/http/x.ts', "import { x } from '../../local/wiring.ts';"],
      ['clients/cli/main.ts', "import type { RunState } from '../../shared/domain/state.ts';"],
    ],
  },
  {
    name: 'only a wiring takes adapters from where they are made',
    rule: wiringConstructsAdapters,
    kept: {
      'local/wiring.ts': "import { SqliteLog } from '../shared/sqlite/log.ts';",
      'functions/tasks/prepare/wiring.ts': "import { SqliteLog } from '../../../shared/sqlite/log.ts';",
      'local/lock.ts': "import { isBusy } from '../shared/sqlite/store-error.ts';",
      'local/watch.ts': "import type { SqliteLog } from '../shared/sqlite/log.ts';",
      'local/x.test.ts': "import { SqliteLog } from '../shared/sqlite/log.ts';",
    },
    broken: [
      [
        'local/gateway/gateway.ts',
        "import { type Options, SqliteLog as Log } from '../../shared/sqlite/log.ts';",
      ],
      ['local/gateway/gateway.ts', "import * as sqlite from '../../shared/sqlite/log.ts';"],
    ],
  },
  {
    name: 'a name is imported from the file that defines it',
    rule: noBarrels,
    kept: { 'clients/program/index.ts': "export { x } from './x.ts';", 'shared/x.ts': 'export const y = 1;' },
    broken: [
      ['shared/domain/index.ts', "export * from './events.ts';"],
      ['shared/domain/all.ts', "export type { RunEvent } from './events.ts';"],
    ],
  },
  {
    name: 'the core has neither clock nor randomness nor I/O',
    rule: coreIsPure,
    kept: {
      'shared/domain/a.ts':
        "// Date.now is a port's\nimport { createHash } from 'node:crypto'; new Date(ms).toISOString();",
      'shared/sqlite/a.ts': 'setTimeout(() => {}, Date.now());',
      'shared/domain/a.test.ts': 'Math.random();',
    },
    broken: [
      ['shared/domain/a.ts', 'const now = Date.now();'],
      ['shared/domain/a.ts', 'const now = new Date();'],
      ['shared/domain/a.ts', 'const now = Date();'],
      ['shared/application/a.ts', 'setTimeout(retry, 10);'],
      ['shared/application/a.ts', 'const jitter = Math.random();'],
      ['shared/application/a.ts', "import { randomUUID } from 'node:crypto';"],
      ['shared/application/a.ts', "import { readFile } from 'node:fs/promises';"],
      ['shared/application/a.ts', "const where = process.env['PLACE'];"],
      ['shared/policy/a.ts', "await fetch('https://example.org');"],
    ],
  },
  {
    name: 'what is public says what it is',
    rule: publicIsDocumented,
    kept: {
      'clients/sdk/index.ts': "export { a } from './a.ts';\n/** Two. */\nexport const b = 2;",
      'clients/sdk/a.ts': '/** One. */\nexport const a = 1;\nexport const inside = 0;',
    },
    broken: [
      ['clients/sdk/index.ts', 'export const b = 2;'],
      ['clients/sdk/index.ts', "export { a } from './a.ts';"],
    ],
  },
  {
    name: 'nothing names a path of the machine it was written on',
    rule: noMachinePaths,
    kept: { 'local/a.ts': "const sandbox = '/home/';" },
    broken: [
      ['local/a.ts', "const data = '/home/somebody/data';"],
      ['local/a.ts', "const data = '/Users/somebody/data';"],
      ['local/a.ts', "const data = 'C:\\Users\\somebody';"],
    ],
  },
];

describe('the architecture', () => {
  it('is looked for in the right place', () => assert.ok(tree.length > 50));

  for (const { name, rule, kept, broken } of examples) {
    describe(name, () => {
      it('holds here', () => assert.deepEqual(rule(tree), []));
      it('lets through what keeps it', () => assert.deepEqual(rule(sourceTree(kept)), []));
      for (const [path, text] of broken) {
        it(`finds ${JSON.stringify(text)} in ${path}`, () => {
          assert.equal(rule(sourceTree({ [path]: text })).length >= 1, true);
        });
      }
    });
  }
});
