/** @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockEntry */

/**
 * Whether node_modules holds what the lock file asks for, by npm's record of it (`node_modules/.package-lock.json`).
 * Optional packages may be missing: they are for other platforms.
 *
 * @param {string} lock text of package-lock.json
 * @param {string | undefined} record text of the record, if there is one
 */
export function isInstalled(lock, record) {
  if (record === undefined) return false;
  const wanted = packagesOf(lock);
  const present = packagesOf(record);
  return Object.entries(wanted).every(([path, entry]) => path === '' || matches(entry, present[path]));
}

/**
 * @param {LockEntry} wanted
 * @param {LockEntry | undefined} present
 */
function matches(wanted, present) {
  if (present === undefined) return wanted.optional === true;
  return wanted.version === present.version && wanted.integrity === present.integrity;
}

/**
 * @param {string} text
 * @returns {Record<string, LockEntry>} none when the text is damaged
 */
function packagesOf(text) {
  try {
    return JSON.parse(text).packages ?? {};
  } catch {
    return {};
  }
}
