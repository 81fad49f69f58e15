/** Memory of a function in MiB, by its name. */
export const memoryOf = (_name: string): number => 512;
