import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, CfnResource, TagManager } from 'aws-cdk-lib';
import { tandemApp } from '../app.ts';
import { testBundles } from './bundles.ts';
import { inspect } from './nag.ts';

/** What a resource is like: whatever CloudFormation documents, of which a test names the one thing that it means. */
export type Properties = Readonly<Record<string, ReturnType<typeof JSON.parse>>>;

/** A resource of a template, as far as tests look at it. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: Properties;
  readonly Metadata?: unknown;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** A template, as CloudFormation is given it. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
  readonly Parameters?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A resource that can carry tags, and those that it carries. */
export interface Tagged {
  readonly path: string;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * The templates of a stage by stack, without `tandem-<stage>-`; functions cost nothing to bundle. Throws what CDK's own
 * rules find and, of a stage on AWS, those of AWS Solutions.
 */
export const synthesized = (context: Readonly<Record<string, string>>) => synthesis(context).templates;

/** As {@link synthesized}, with what can carry tags. */
export function synthesis(context: Readonly<Record<string, string>>): {
  readonly templates: Readonly<Record<string, Template>>;
  readonly tagged: readonly Tagged[];
} {
  const outdir = mkdtempSync(join(tmpdir(), 'tandem-infra-'));
  try {
    const app = tandemApp(testBundles, {}, { context, outdir });
    const { stacks } = (context['stage'] === 'twin' ? app : inspect(app)).synth();
    const prefix = `tandem-${context['stage']}-`;
    const templates = Object.fromEntries(
      stacks.map(({ stackName, template }) => [stackName.slice(prefix.length), template as Template]),
    );
    return { templates, tagged: taggedIn(app) };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

const taggedIn = (app: App): Tagged[] =>
  app.node.findAll().flatMap((construct) => {
    const manager = CfnResource.isCfnResource(construct) ? TagManager.of(construct) : undefined;
    return manager ? [{ path: construct.node.path, tags: manager.tagValues() }] : [];
  });

/** Resources of a kind in some templates, with the stack that each is in. */
export const resourcesOf = (
  templates: Readonly<Record<string, Template>>,
  type: string,
): readonly (Resource & { readonly id: string })[] =>
  Object.entries(templates).flatMap(([stack, { Resources }]) =>
    Object.entries(Resources)
      .filter(([, { Type }]) => Type === type)
      .map(([id, resource]) => ({ id: `${stack}/${id}`, ...resource })),
  );
