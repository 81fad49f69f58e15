import { spawn } from 'node:child_process';

/** Opens an address in the person's browser, where there is one; nobody is told when there is not. */
export function openBrowser(address: string): void {
  const [command, ...args] = commandFor(process.platform);
  if (command === undefined) return;
  const opener = spawn(command, [...args, address], { stdio: 'ignore', detached: true, windowsHide: true });
  opener.on('error', () => {});
  opener.unref();
}

function commandFor(platform: NodeJS.Platform): readonly string[] {
  if (platform === 'darwin') return ['open'];
  // Not `start`: it would read an address as the shell does.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return ['xdg-open'];
}
