import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { groups } from '../clients/cli/registry.ts';
import type { Route } from '../functions/http/route.ts';
import { routes } from '../functions/http/routes.ts';
import { errorCatalogue } from '../shared/errors/catalogue.ts';

const root = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** What a program that reads documentation is told of Tandem: everything there is to look up, and where. */
export function llmsTxt(): string {
  const [, summary = ''] = /^# Tandem\n\n([\s\S]*?)\n\n/.exec(read('README.md')) ?? [];
  return [
    '# Tandem\n',
    `> ${summary.replaceAll('\n', ' ')}\n`,
    'Made by `node scripts/write-llms-txt.ts`. Start with README.md; the first agent is docs/guides/first-agent.md.\n',
    section('Guides', documents('docs/guides/*.md')),
    section('Design', [
      ...documents('docs/design/*.md'),
      ...documents('docs/adr/*.md'),
      ...documents('docs/*.md'),
    ]),
    section(
      'Examples',
      globSync('examples/*/agent.ts', { cwd: fileURLToPath(root) })
        .sort()
        .map(example),
    ),
    section('Commands, as `npx tandem COMMAND`', groups.flatMap(({ entries }) => entries).map(command)),
    section(
      'HTTP API, in full as OpenAPI 3.1 at `GET /openapi.json`',
      Object.values<Route>(routes).map(route),
    ),
    section('Errors', Object.entries(errorCatalogue).map(error)),
  ].join('\n');
}

const section = (title: string, lines: readonly string[]) => `## ${title}\n\n${lines.join('\n')}\n`;

function documents(pattern: string): string[] {
  return globSync(pattern, { cwd: fileURLToPath(root) })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => `- [${titleOf(path)}](${path})`);
}

const titleOf = (path: string) => /^# (.+)$/m.exec(read(path))?.[1] ?? path;

const example = (path: string) => `- [${path.split(/[\\/]/)[1]}](${path.replaceAll('\\', '/')})`;

const command = ({ name, summary }: { name: string; summary: string }) => `- \`${name}\`: ${summary}`;

const route = ({ method, path, summary }: Route) => `- \`${method} ${path}\`: ${summary}`;

const error = ([code, { status, title }]: [string, { status: number; title: string }]) =>
  `- [\`${code}\`](docs/errors/${code}.md): ${title} (${status})`;
