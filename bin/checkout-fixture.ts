import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** A folder that looks like a checkout with its dependencies installed: the real launcher, and a CLI of one file. */
export interface Checkout {
  readonly root: string;
  write(path: string, content: string): void;
  /** Runs the launcher as this Node would. */
  start(args: readonly string[], env?: Readonly<Record<string, string>>): Launched;
  /** Runs the launcher as an older Node would: it hands over to another process. */
  startHandingOver(args: readonly string[]): Launched;
  /** Runs npm in the checkout, with this Node first on its path. */
  startNpm(args: readonly string[]): Launched;
  remove(): void;
}

/** A started launcher. */
export interface Launched {
  readonly process: ChildProcessByStdio<Writable, Readable, Readable>;
  /** Resolves when it has ended and both streams are read. */
  readonly ended: Promise<Ended>;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param cli text of `clients/cli/main.ts` */
export function fakeCheckout(cli: string): Checkout {
  const root = mkdtempSync(join(tmpdir(), 'tandem-checkout-'));
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  cpSync(fileURLToPath(new URL('.', import.meta.url)), join(root, 'bin'), { recursive: true });
  write('package.json', '{"type":"module"}');
  write('package-lock.json', '{"packages":{}}');
  write('node_modules/.package-lock.json', '{"packages":{}}');
  write('clients/cli/main.ts', cli);
  return {
    root,
    write,
    start: (args, env) => start([join(root, 'bin', 'tandem.mjs'), ...args], env),
    startHandingOver: (args) => start(['--input-type=module', '--eval', handOverScript(root), ...args]),
    startNpm: (args) => {
      const path = `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`;
      return watch(spawn('npm', args, { cwd: root, stdio: 'pipe', env: { ...process.env, PATH: path } }));
    },
    remove: () => rmSync(root, { recursive: true }),
  };
}

function handOverScript(root: string): string {
  const [handOver, handedOver] = ['hand-over.mjs', 'handed-over.mjs'].map((file) =>
    join(root, 'bin', 'lib', file),
  );
  return `import { pathToFileURL } from 'node:url';
    const { handOver } = await import(pathToFileURL(${JSON.stringify(handOver)}));
    handOver(process.execPath, [${JSON.stringify(handedOver)}, ...process.argv.slice(1)]);`;
}

function start(args: readonly string[], extra: Readonly<Record<string, string>> = {}): Launched {
  const env = { ...process.env, NODE_COMPILE_CACHE: undefined, ...extra };
  return watch(spawn(process.execPath, args, { stdio: 'pipe', env }));
}

function watch(child: Launched['process']): Launched {
  const closed = new Promise<Pick<Ended, 'code' | 'signal'>>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const ended = Promise.all([closed, text(child.stdout), text(child.stderr)]).then(
    ([end, stdout, stderr]) => ({ ...end, stdout, stderr }),
  );
  return { process: child, ended };
}
