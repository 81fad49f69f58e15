/** The parts of an entry of package-lock.json (version 3) that this project looks at. */
export interface LockEntry {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface LockFile {
  packages: Record<string, LockEntry>;
}

/** A package that another one names as optional and that has no entry of its own. */
export interface MissingPackage {
  readonly parent: LockEntry;
  readonly name: string;
  readonly version: string;
}

/** Optional dependencies without an entry: `npm ci` refuses a lock file that has any. */
export function missingPackages(lock: LockFile): MissingPackage[] {
  return Object.entries(lock.packages).flatMap(([path, parent]) =>
    Object.entries(parent.optionalDependencies ?? {})
      .filter(
        ([name]) => !foldersAbove(path).some((folder) => `${folder}node_modules/${name}` in lock.packages),
      )
      .map(([name, version]) => ({ parent, name, version })),
  );
}

/** The folders that Node looks for packages in from a package on, as the lock file writes them. */
function foldersAbove(path: string): string[] {
  const parts = path.split(/(?<=\/)(?=node_modules\/)/);
  return [`${path}/`, ...parts.map((_, index) => parts.slice(0, index).join(''))];
}

/** Adds an entry, in npm's own order, for each missing platform package; returns their names. */
export function completeLock(lock: LockFile): string[] {
  const missing = missingPackages(lock);
  for (const { parent, name, version } of missing) {
    const { os, cpu, libc } = platformOf(name);
    lock.packages[`node_modules/${name}`] = {
      version,
      cpu,
      ...(parent.dev ? { dev: true } : {}),
      ...(libc ? { libc } : {}),
      optional: true,
      os,
    };
  }
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  lock.packages = Object.fromEntries(sorted);
  return missing.map(({ name }) => name);
}

const platform =
  /(?<os>android|darwin|freebsd|linux|openharmony|win32)-(?<cpu>arm64|arm|x64|ia32|ppc64|riscv64|s390x)(?:-(?<abi>\w+))?$/;

/** What a platform package's name says about where it runs, e.g. `…-linux-riscv64-musl`. */
function platformOf(name: string): { os: string[]; cpu: string[]; libc?: string[] } {
  const { os, cpu, abi } = platform.exec(name)?.groups ?? {};
  if (!os || !cpu) throw new Error(`The platform of ${name} cannot be told from its name: add it by hand.`);
  if (os !== 'linux') return { os: [os], cpu: [cpu] };
  const isMusl = abi?.includes('musl') ?? false;
  return { os: [os], cpu: [cpu], libc: [isMusl ? 'musl' : 'glibc'] };
}
