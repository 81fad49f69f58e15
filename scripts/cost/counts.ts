/** Calls to one service that are paid for, or waited for. */
export type Service = 'store' | 'blobs' | 'engine' | 'programs' | 'workers' | 'queues';

/** What one function did. */
export interface FunctionCount {
  invocations: number;
  /** Milliseconds that it computed, in this process. */
  computed: number;
  /** Round trips that it waited for, one after the other or at once. */
  readonly waits: Record<Service, number>;
}

/** What was counted: nothing in here is an estimate. */
export interface Counts {
  transitions: number;
  /** By the name of the function. */
  readonly functions: Map<string, FunctionCount>;
  /** Of DynamoDB, one for each KiB or part of one; twice that within a transaction. */
  writeUnits: number;
  /** Of DynamoDB, one for each 4 KiB or part of them, strongly consistent. */
  readUnits: number;
  blobPuts: number;
  blobGets: number;
  queueRequests: number;
  apiRequests: number;
}

export function noCounts(): Counts {
  return {
    transitions: 0,
    functions: new Map(),
    writeUnits: 0,
    readUnits: 0,
    blobPuts: 0,
    blobGets: 0,
    queueRequests: 0,
    apiRequests: 0,
  };
}

/** The count of one function, made when it is first asked for. */
export function functionCount({ functions }: Counts, name: string): FunctionCount {
  const known = functions.get(name);
  if (known) return known;
  const waits = { store: 0, blobs: 0, engine: 0, programs: 0, workers: 0, queues: 0 };
  const fresh: FunctionCount = { invocations: 0, computed: 0, waits };
  functions.set(name, fresh);
  return fresh;
}
