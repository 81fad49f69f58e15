/** What Windows does not take in a file name. */
const reserved = /[<>:"|?*]/g;

const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * A relative path for a name that an agent chose: it stays below the folder it is saved in and is a good file name on
 * every platform.
 */
export function localPath(name: string): string {
  const segments = name
    .split(/[/\\]/)
    .filter((segment) => segment !== '' && segment !== '.' && segment !== '..')
    .map((segment) => segment.replace(reserved, '_').replace(/[. ]+$/, '_'))
    .map((segment) => (devices.test(segment) ? `_${segment}` : segment));
  return segments.length === 0 ? '_' : segments.join('/');
}
