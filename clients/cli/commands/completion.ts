import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { shellWord } from '../shell-word.ts';
import { UsageError } from '../usage-error.ts';
import { takeArguments } from './arguments.ts';

const shells = ['bash', 'zsh', 'fish'] as const;

const launcher = fileURLToPath(new URL('../../../bin/lib/handed-over.mjs', import.meta.url));

export const command = defineCommand({
  usage: shells.join('|'),
  options: {},
  details:
    'Prints a script that completes commands, options, agents, runs and approvals in a shell:\n' +
    '  bash  eval "$(npx tandem completion bash)"  # in ~/.bashrc\n' +
    '  zsh   eval "$(npx tandem completion zsh)"   # in ~/.zshrc, after compinit\n' +
    '  fish  npx tandem completion fish > ~/.config/fish/completions/tandem.fish',
  async run(call) {
    const [shell] = takeArguments(call, 'SHELL');
    if (!shells.some((known) => known === shell))
      throw new UsageError(`\`completion\` takes ${shells.join(', ')}, not \`${shell}\``);
    const script = scriptFor(shell);
    if (call.json) call.output.document({ shell, script });
    else call.output.text(script);
    return exitCodes.ok;
  },
});

/** Asks this very Node and checkout, without the launcher's first half: a key was pressed, and somebody waits. */
function scriptFor(shell: string): string {
  const template = readFileSync(new URL(`../completion/scripts/tandem.${shell}`, import.meta.url), 'utf8');
  const command = [process.execPath, launcher, '__complete'].map(shellWord).join(' ');
  return template.replaceAll('{{command}}', () => command);
}
