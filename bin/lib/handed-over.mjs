// Where the pinned Node goes on after the launcher has handed over to it.
import { fileURLToPath } from 'node:url';
import { runHere } from './run-here.mjs';
import { askToStop } from './stop.mjs';

// The channel to the launcher closes when that ends, however it ends: then stop, as if asked to.
process.once('disconnect', askToStop);
process.channel?.unref();

await runHere(fileURLToPath(new URL('../..', import.meta.url)), process.argv.slice(2));
