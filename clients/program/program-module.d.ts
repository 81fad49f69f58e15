/** The author's file, as the bundler resolves it. */
declare module 'tandem:program' {
  const program: import('./start.ts').Program;
  export default program;
}
