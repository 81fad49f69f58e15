/** Writes docs/guides/configuration.md from the schema of the environment. */
import { writeFileSync } from 'node:fs';
import { configurationGuide, guidePath } from './configuration-guide.ts';

writeFileSync(new URL(`../${guidePath}`, import.meta.url), configurationGuide());
console.log(`${guidePath} is current.`);
