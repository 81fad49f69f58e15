import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A CloudFormation template, as far as it is looked at here. */
export interface Template {
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

export interface SynthesizedStack {
  readonly name: string;
  readonly template: Template;
}

/** What `cdk synth` has left in a folder. */
export interface Assembly {
  readonly folder: string;
  readonly stacks: readonly SynthesizedStack[];
  /** Changes with every change of any template; assets stand in them by their digests. */
  readonly digest: string;
}

interface Manifest {
  readonly artifacts: Readonly<
    Record<
      string,
      { readonly type: string; readonly properties?: { templateFile?: string; stackName?: string } }
    >
  >;
}

export function readAssembly(folder: string): Assembly {
  const { artifacts } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  const hash = createHash('sha256');
  const stacks = Object.entries(artifacts)
    .filter(([, { type }]) => type === 'aws:cloudformation:stack')
    .map(([id, { properties = {} }]) => {
      const text = readFileSync(join(folder, properties.templateFile ?? `${id}.template.json`), 'utf8');
      hash.update(text);
      return { name: properties.stackName ?? id, template: JSON.parse(text) as Template };
    });
  return { folder, stacks, digest: hash.digest('hex') };
}

/** The properties of every resource of some types. */
export function resourcesOf(
  { template }: SynthesizedStack,
  types: readonly string[],
): Readonly<Record<string, unknown>>[] {
  return Object.values(template.Resources)
    .filter(({ Type }) => types.includes(Type))
    .map(({ Properties = {} }) => Properties);
}
