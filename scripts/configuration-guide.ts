import type { Reader } from '../shared/protocol/environment/about.ts';
import type { SettingName } from '../shared/protocol/environment/environment.ts';
import { aboutSetting, settingNames } from '../shared/protocol/environment/read-settings.ts';

/** Where the guide lies, relative to the checkout. */
export const guidePath = 'docs/guides/configuration.md';

const opening = `# Configuration

Every variable of the environment that Tandem reads. This page is made from the schema in
\`shared/protocol/environment/environment.ts\` by \`node scripts/write-configuration-guide.ts\`; a test holds both against the
code.

- An option of the command line wins over its variable. A variable that is empty counts as one that is not set.
- A value that is not taken ends the start with exit code 2 and a sentence that names the variable, what was given and
  what is expected. A secret's value is never shown, here or in a log.
- A variable that begins with \`TANDEM_\` and is not listed here is warned about, with the name that was probably meant.
- \`NO_COLOR\` and \`FORCE_COLOR\` are respected.
`;

const sections: readonly { readonly title: string; readonly reader: Reader; readonly text: string }[] = [
  { title: 'The server', reader: 'server', text: 'Read by `tandem up` and `tandem rebuild`.' },
  { title: 'The command line', reader: 'command line', text: 'Read by every other command.' },
  {
    title: 'Workers',
    reader: 'worker',
    text: 'Set by the server for the workers that it starts, never by you; here for completeness.',
  },
  {
    title: 'Functions and containers',
    reader: 'function',
    text: 'Set by the stack for what it deploys, on AWS and in the Compose twin, never by you; here for completeness.',
  },
];

/** The guide of configuration, as its schema says it. */
export function configurationGuide(): string {
  const tables = sections.map(({ title, reader, text }) => {
    const rows = settingNames.filter((name) => aboutSetting(name).readers.includes(reader)).map(row);
    const head = '| variable | takes | when not set | meaning |\n|---|---|---|---|';
    return `## ${title}\n\n${text}\n\n${head}\n${rows.join('\n')}\n`;
  });
  return [opening, ...tables].join('\n');
}

function row(name: SettingName): string {
  const { takes, otherwise, meaning, flag, secret } = aboutSetting(name);
  const called = flag === undefined ? `\`${name}\`` : `\`${name}\`, \`--${flag}\``;
  return `| ${called} | ${takes}${secret ? ' (secret)' : ''} | ${otherwise} | ${meaning} |`;
}
