/** @type {readonly { said: RegExp, means: string }[]} */
const failures = [
  {
    said: /EUSAGE|in sync/,
    means: 'package-lock.json does not match package.json: run `npm install` and keep both files.',
  },
  {
    said: /E(?:NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|TIMEDOUT|NETUNREACH|HOSTUNREACH)|ERR_SOCKET/,
    means:
      'the package registry cannot be reached: connect to the network, or set `registry` or `proxy` in .npmrc, and try again.',
  },
  {
    said: /EINTEGRITY/,
    means:
      'a package is not the one that package-lock.json names: run `npm cache clean --force` and try again, and do not use a registry where it stays so.',
  },
  {
    said: /E40[134]/,
    means: 'the package registry refused a package: check `registry` and your login in .npmrc.',
  },
  { said: /ENOSPC/, means: 'the disk is full: free some space and try again.' },
  {
    said: /EACCES|EPERM|EROFS|EBUSY/,
    means: 'node_modules cannot be written: stop what uses it, give yourself permission and try again.',
  },
];

/**
 * One sentence on why npm failed, with the next step.
 *
 * @param {number | string | null | undefined} code npm's exit code, or the error code of starting it
 * @param {string} output all it printed
 */
export function explain(code, output) {
  if (code === 'ENOENT' || code === 127) {
    return 'Dependencies are not installed, because npm was not found: install Node with npm from https://nodejs.org and try again.';
  }
  const means = failures.find(({ said }) => said.test(output))?.means ?? lastWord(code, output);
  return `Dependencies are not installed: ${means}`;
}

/**
 * @param {number | string | null | undefined} code
 * @param {string} output
 */
function lastWord(code, output) {
  const line = output.split('\n').find((text) => /^npm (?:error|ERR!) (?!code)/.test(text));
  return `npm ci ended with ${code}${line ? ` (${line.trim()})` : ''}: run it yourself to see why.`;
}
