import { compileMachine } from './machine.ts';
import { DefinitionError, type Problem, type Warning } from './problems.ts';
import { readDefinition } from './read-definition.ts';
import { definitionWarnings } from './warnings.ts';

export type Diagnostic = (Problem | Warning) & { readonly severity: 'ERROR' | 'WARNING' };

/** All that can be said of a definition (JSON text): what is wrong with it, then what it may have meant otherwise. */
export function diagnose(definition: string, type: 'STANDARD' | 'EXPRESS'): readonly Diagnostic[] {
  return [
    ...problemsOf(() => compileMachine(definition, { type })).map((problem) => ({
      severity: 'ERROR' as const,
      ...problem,
    })),
    ...warningsOf(definition).map((warning) => ({ severity: 'WARNING' as const, ...warning })),
  ];
}

function problemsOf(compile: () => unknown): readonly Problem[] {
  try {
    compile();
    return [];
  } catch (error) {
    if (error instanceof DefinitionError) return error.problems;
    throw error;
  }
}

function warningsOf(definition: string): readonly Warning[] {
  try {
    return definitionWarnings(readDefinition(definition));
  } catch (error) {
    if (error instanceof DefinitionError) return [];
    throw error;
  }
}
