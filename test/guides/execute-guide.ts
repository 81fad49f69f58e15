import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { freshCheckout } from './fresh-checkout.ts';
import { guideSteps, type Step } from './guide-steps.ts';
import { hasShape } from './shape.ts';
import { Shell } from './shell.ts';

/** The longest that a guide may take, in milliseconds. */
const timeout = 300_000;

const guideOf = (name: string) => new URL(`../../docs/guides/${name}.md`, import.meta.url);

/** A test that does what a guide says, in a fresh checkout, and sees what the guide shows. */
export function executeGuide(name: string): void {
  test(`docs/guides/${name}.md works as it says`, { timeout }, async () => {
    const steps = guideSteps(readFileSync(guideOf(name), 'utf8'));
    assert.ok(
      steps.some(({ kind }) => kind === 'shell'),
      'nothing is to be typed',
    );
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tandem-guide-')));
    const checkout = join(folder, 'tandem');
    await freshCheckout(checkout);
    const shell = new Shell(checkout, folder);
    try {
      for (const step of steps) await take(step, shell, name);
    } finally {
      await shell.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
  });
}

async function take(step: Step, shell: Shell, name: string): Promise<void> {
  const { prints } = step;
  const fail = (error: Error) => assert.fail(`${name}.md, line ${step.line}: ${error.message}`);
  const isThere = (printed: string) => prints === undefined || hasShape(printed, prints);
  if (step.kind === 'file') {
    await save(step, shell);
    if (prints !== undefined) await shell.goesOn(isThere).catch(fail);
  } else if (step.background) {
    await shell.start(step.script, isThere).catch(fail);
  } else {
    const { code, printed } = await shell.type(step.script);
    if (code !== 0) fail(new Error(`it ended with ${code} and printed:\n${printed}`));
    if (!isThere(printed)) fail(new Error(`it printed:\n${printed}\nand not:\n${prints}`));
  }
}

/** Where the reader is by now. */
async function save({ path, text }: Step & { kind: 'file' }, shell: Shell): Promise<void> {
  const { printed } = await shell.type('pwd');
  const file = join(printed.trim(), path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
