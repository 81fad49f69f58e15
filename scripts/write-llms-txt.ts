/** Writes llms.txt from the guides, the commands, the routes and the errors that there are. */
import { writeFileSync } from 'node:fs';
import { llmsTxt } from './llms-txt.ts';

writeFileSync(new URL('../llms.txt', import.meta.url), llmsTxt());
console.log('llms.txt is current.');
