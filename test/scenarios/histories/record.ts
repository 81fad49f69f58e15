/** Writes `recorded.json` from the embedded twin: `node test/scenarios/histories/record.ts`. */
import { writeFileSync } from 'node:fs';
import { embeddedDeployment } from '../embedded.ts';
import { Twin } from '../twin.ts';
import { recordedPath } from './recorded.ts';
import { shapesOf } from './shape.ts';
import { stories } from './stories.ts';

await using deployment = await embeddedDeployment();
const twin = new Twin(deployment);
const histories: Record<string, unknown> = {};
for (const [name, story] of Object.entries(stories)) {
  histories[name] = shapesOf(await twin.log(await story(twin)));
}
writeFileSync(recordedPath, `${JSON.stringify(histories, null, 1)}\n`);
