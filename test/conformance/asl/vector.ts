import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Json, JsonObject } from '../../../shared/domain/json.ts';

/** What an invocation of a task answered when the case was recorded. */
export interface RecordedMock {
  readonly return?: Json;
  readonly error?: string | null;
  readonly cause?: string;
  readonly timedOut?: boolean;
  readonly pending?: boolean;
  readonly echo?: boolean;
  readonly submitted?: Json;
}

export interface RecordedEvent {
  /** `null` where the recorder had sorted events. */
  readonly id: number | null;
  readonly type: string;
  readonly previousEventId: number | null;
  readonly details: JsonObject;
}

interface Common {
  readonly id: string;
  /** Where it was read: the name of its file. */
  readonly area: string;
  readonly features: readonly string[];
  readonly compare: readonly string[];
  readonly awsText?: readonly string[];
}

export interface ExecutionVector extends Common {
  readonly kind: 'execution';
  readonly stateMachineType: 'STANDARD' | 'EXPRESS';
  readonly sync?: boolean;
  readonly definition: JsonObject;
  readonly input: Json;
  readonly context: Readonly<
    Record<'stateMachineArn' | 'stateMachineName' | 'executionArn' | 'executionName' | 'roleArn', string>
  >;
  readonly mocks: Readonly<Record<string, readonly RecordedMock[]>>;
  readonly fixtures?: {
    readonly s3?: readonly {
      readonly bucket: string;
      readonly key: string;
      readonly body: string;
      readonly encoding: 'utf8' | 'base64';
    }[];
  };
  readonly stop?: { readonly error?: string; readonly cause?: string };
  readonly expected: {
    readonly status: string;
    readonly output?: Json;
    readonly error?: string;
    readonly cause?: Json;
    readonly events?: readonly RecordedEvent[];
  };
  readonly eventOrder?: 'total' | 'partial';
}

export interface TestStateVector extends Common {
  readonly kind: 'test-state';
  readonly definition: JsonObject;
  readonly request: JsonObject;
  readonly taskResult?: { readonly return: Json };
  readonly expected: JsonObject;
}

export interface ValidationVector extends Common {
  readonly kind: 'validation';
  readonly api: 'CreateStateMachine' | 'UpdateStateMachine' | 'ValidateStateMachineDefinition';
  readonly stateMachineType?: 'STANDARD' | 'EXPRESS';
  readonly definition?: JsonObject;
  readonly definitionRaw?: string;
  readonly expected: JsonObject;
}

export interface VariableReferencesVector extends Common {
  readonly kind: 'variable-references';
  readonly api: 'DescribeStateMachine' | 'DescribeStateMachineForExecution';
  readonly definition: JsonObject;
  readonly expected: { readonly variableReferences: Json };
}

export type Vector = ExecutionVector | TestStateVector | ValidationVector | VariableReferencesVector;

/** Every vector of a folder, or of its `visible/`, in the order of files and lines; `undefined` if there is no such folder. */
export function readVectors(folder: string): readonly Vector[] | undefined {
  const files = filesIn(join(folder, 'visible')) ?? filesIn(folder);
  return files?.flatMap(readFile);
}

function filesIn(folder: string): readonly string[] | undefined {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
    return names.sort().map((name) => join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function readFile(file: string): readonly Vector[] {
  const area = basename(file, '.jsonl');
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => ({ ...(JSON.parse(line) as Vector), area }));
}
