/** Who may import whom. A layer is a folder; the longest one that a path is in counts. */
interface Layer {
  readonly folder: string;
  readonly mayImport: readonly string[];
  /** Imported for their types only. */
  readonly types?: readonly string[];
}

const vocabulary = ['shared/policy', 'shared/domain', 'shared/protocol', 'shared/errors'];
const core = ['shared/application', 'shared/ports', ...vocabulary];

const adapter = (folder: string): Layer => ({
  folder,
  mayImport: ['shared/ports', ...vocabulary],
  types: ['shared/logging'],
});

/** Folders that hold the adapters of ports and nothing else. */
export const adapterFolders = [
  'shared/aws',
  'shared/egress',
  'shared/files',
  'shared/identity',
  'shared/memory',
  'shared/postgres',
  'shared/prometheus',
  'shared/sqlite',
  'shared/system',
];

/** The dependency rule: entry points, application, ports, policy, domain, never back. */
export const layers: readonly Layer[] = [
  { folder: 'shared/errors', mayImport: [] },
  { folder: 'shared/protocol', mayImport: ['shared/errors'] },
  { folder: 'shared/domain', mayImport: ['shared/errors'], types: ['shared/protocol'] },
  { folder: 'shared/policy', mayImport: ['shared/domain', 'shared/errors'] },
  { folder: 'shared/ports', mayImport: ['shared/policy', 'shared/domain', 'shared/errors'] },
  { folder: 'shared/logging', mayImport: ['shared/errors'] },
  { folder: 'shared/processes', mayImport: ['shared/errors'] },
  { folder: 'shared/application', mayImport: ['shared/ports', ...vocabulary], types: ['shared/logging'] },
  ...adapterFolders.map(adapter),
  { folder: 'functions', mayImport: [...core, ...adapterFolders, 'shared/logging'] },
  { folder: 'containers', mayImport: [...core, ...adapterFolders, 'shared/logging', 'shared/processes'] },
  { folder: 'local', mayImport: ['shared', 'functions', 'containers', 'state-machines'] },
  { folder: 'infra', mayImport: ['shared', 'functions', 'state-machines'] },
  { folder: 'clients', mayImport: ['shared/protocol', 'shared/errors'] },
  { folder: 'examples', mayImport: [] },
  { folder: 'bin', mayImport: [] },
];

/** Folders without clock, randomness or I/O: those come in through ports. */
export const pureFolders = ['shared/domain', 'shared/policy', 'shared/application'];

/** Node modules that only compute. */
export const pureModules = ['node:buffer', 'node:crypto', 'node:path', 'node:path/posix', 'node:util'];

/** Files that exist to be what others import a package by. */
export const publicEntries = ['clients/program/index.ts', 'clients/sdk/index.ts', 'local/testing/index.ts'];
