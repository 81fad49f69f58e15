import { pythonProgram } from '../support/python.ts';

/** The path of schemathesis, which makes the fuzz. Throws `NoPython`. */
export const schemathesis = (): string => pythonProgram('schemathesis', new URL('.', import.meta.url));
