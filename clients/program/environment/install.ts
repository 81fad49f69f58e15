/**
 * Makes the globals of a program's context answer from the record. Part of the bundle and not of the host, so that a
 * later Tandem cannot change what a waiting run does. Imported before the author's code.
 */
import { bridge } from '../bridge.ts';
import { logThrough } from '../log.ts';
import { operateThrough } from '../operate.ts';
import { recordedConsole } from './console.ts';
import { recordedDate, recordFormats } from './date.ts';
import { seededCrypto, seededRandom } from './random.ts';
import { durableTimers } from './timers.ts';

const globals = {
  Date: recordedDate(Date, bridge.now),
  console: recordedConsole(logThrough(operateThrough(bridge))),
  crypto: seededCrypto(bridge.seed),
  queueMicrotask: (callback: () => void) => void Promise.resolve().then(callback),
  ...durableTimers(bridge),
};

Object.assign(globalThis, globals);
globalThis.Date.prototype.constructor = globals.Date;
Math.random = seededRandom(bridge.seed);
recordFormats(Intl.DateTimeFormat, bridge.now);
