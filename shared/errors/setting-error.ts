/** An environment variable, or the option of the command line that stands for it, has a value that it does not take. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
  /** Whether it was typed as an option. */
  readonly typed: boolean;
  /** The next step for the reader, one sentence. */
  readonly remedy = 'docs/guides/configuration.md lists every variable.';

  constructor(message: string, typed = false) {
    super(message);
    this.typed = typed;
  }
}
