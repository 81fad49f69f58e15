#!/usr/bin/env node
// Runs on whatever Node is installed and hands over to the pinned one. Old syntax only, so that an old Node can say so.
const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error(
    `Tandem needs Node 20 or later to start, and this is ${process.version}: get it from https://nodejs.org.`,
  );
  process.exit(1);
}
void import('./lib/launch.mjs').then(({ launch }) => launch(process.argv.slice(2)));
