import { createHash } from 'node:crypto';
import type { AgentVersion } from '../../../shared/protocol/agents.ts';
import { isApiError } from '../../sdk/api-error.ts';
import type { TandemClient } from '../../sdk/client.ts';
import { type Manifest, manifestOf } from './manifest.ts';
import { isTrial, nextNumber, nextTrial } from './version-number.ts';

export interface ProgramSource {
  readonly file: string;
  readonly agent: string;
  /** Default: that of the same content if it is published already, else the next one. */
  readonly number?: string;
  readonly description?: string;
  /** Operations that a step may do before it yields. */
  readonly operationsPerStep?: number;
  /** It is still being written: its numbers are trials of the next one. */
  readonly trial?: true;
  /** Told every file of the program's before it is read. */
  readonly onInput?: (path: string) => void;
}

export interface Published {
  readonly version: AgentVersion;
  /** `false`: the very same had been published before. */
  readonly fresh: boolean;
  /** What the bundler noticed. */
  readonly warnings: readonly string[];
}

/** How often a number may be taken by somebody else meanwhile. */
const tries = 5;

/** A program file with what its `package.json` says. */
type Described = ProgramSource & Manifest;

/** Bundles a program file and publishes it, unless its newest version is the very same. */
export async function publishProgram(client: TandemClient, program: ProgramSource): Promise<Published> {
  const source: Described = { ...program, ...manifestOf(program.file) };
  const { bundleProgram } = await import('../../bundler/bundle.ts');
  const { code, warnings } = await bundleProgram(source.file, source.onInput && { onInput: source.onInput });
  const texts = warnings.map(({ place, message }) => (place ? `${place}: ${message}` : message));
  for (let tried = 1; ; tried++) {
    const versions = await versionsOf(client, source.agent);
    const known = versions.find((version) => isSame(version, source, code));
    if (known) return { version: known, fresh: false, warnings: texts };
    try {
      return { version: await publish(client, { source, code, versions }), fresh: true, warnings: texts };
    } catch (error) {
      const taken = isApiError(error, 'version.conflict') && source.number === undefined;
      if (!taken || tried === tries) throw error;
    }
  }
}

async function versionsOf(client: TandemClient, agent: string): Promise<readonly AgentVersion[]> {
  try {
    return (await client.getAgent(agent)).versions;
  } catch (error) {
    if (isApiError(error, 'resource.not-found')) return [];
    throw error;
  }
}

function isSame(version: AgentVersion, source: Described, code: string): boolean {
  return (
    version.bundle === createHash('sha256').update(code).digest('hex') &&
    version.description === source.description &&
    version.operationsPerStep === source.operationsPerStep &&
    version.roleRequired === source.roleRequired &&
    (source.number === undefined ? mayStand(version, source) : source.number === version.number)
  );
}

/** What is published for good gets a number for good. */
const mayStand = ({ number }: AgentVersion, { trial }: ProgramSource) => trial === true || !isTrial(number);

function publish(
  client: TandemClient,
  { source, code, versions }: { source: Described; code: string; versions: readonly AgentVersion[] },
): Promise<AgentVersion> {
  const { agent, number, description, operationsPerStep, roleRequired, trial } = source;
  const next = trial ? nextTrial : nextNumber;
  return client.publishVersion(agent, {
    number: number ?? next(versions.map((version) => version.number)),
    bundle: code,
    ...(description === undefined ? {} : { description }),
    ...(operationsPerStep === undefined ? {} : { operationsPerStep }),
    ...(roleRequired === undefined ? {} : { roleRequired }),
  });
}
