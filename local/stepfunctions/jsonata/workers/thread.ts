import { parentPort } from 'node:worker_threads';
import { engine } from '../engine.ts';
import type { Job } from './job.ts';
import { perform } from './perform.ts';

/** A thread that evaluates one expression after the other. It may be ended at any moment. */
const port = parentPort;
if (port === null) throw new Error('This is started as a thread.');

const jsonata = engine();
port.on('message', (job: Job) => {
  port.postMessage(JSON.stringify(perform(job, jsonata)));
});
port.postMessage('ready');
