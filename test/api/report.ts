/** What schemathesis writes about a run, as far as it counts here. */
export interface Report {
  readonly operations: { readonly tested: number; readonly total: number };
  readonly test_cases: { readonly generated: number };
  readonly failures: readonly { readonly title: string; readonly operations: readonly string[] }[];
  readonly errors: readonly { readonly title: string; readonly count: number }[];
  readonly warnings: {
    /** Operations of which every request was refused for its credential. */
    readonly missing_auth: readonly string[];
    /** Operations that often answered 404: those requests had passed their credential. */
    readonly missing_test_data?: readonly string[];
  };
}

export interface FuzzResult {
  /** Operations in which nothing was found, and the server afterwards. */
  readonly passed: number;
  readonly failed: number;
}

/** Counts a fuzz; `fault` is what is wrong with the server afterwards. */
export function judged(report: Report, fault: string | undefined): FuzzResult {
  const { operations, failures, errors, warnings, test_cases } = report;
  const faulty = new Set(failures.flatMap((failure) => failure.operations));
  const admitted = new Set(warnings.missing_test_data);
  for (const operation of warnings.missing_auth.filter((one) => !admitted.has(one))) {
    console.log(`✖ ${operation}: nothing came further than the credential, so nothing was tried.`);
    faulty.add(operation);
  }
  if (fault !== undefined) console.log(`✖ ${fault}`);
  const broken = errors.reduce((sum, error) => sum + error.count, 0);
  const untested = operations.total - operations.tested;
  console.log(`${test_cases.generated} requests to ${operations.tested} of ${operations.total} operations.`);
  const alive = fault === undefined;
  return {
    passed: Math.max(0, operations.tested - faulty.size) + Number(alive),
    failed: faulty.size + broken + untested + Number(!alive),
  };
}
