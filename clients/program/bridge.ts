import type { Bridge } from '../../shared/protocol/program.ts';

/** The parameter of the function that a bundle is wrapped in; does not exist anywhere else. */
declare const tandemBridge: Bridge;

/** The world of this run. Outside of a run every use explains itself. */
export const bridge: Bridge = typeof tandemBridge === 'undefined' ? outside() : tandemBridge;

function outside(): Bridge {
  const explain = (): never => {
    throw new Error('Operations work inside a Tandem run only: publish this program and start a run.');
  };
  return { input: 'null', seed: '', now: explain, request: explain, finished: explain, failed: explain };
}
