import type { QueryLanguage } from './query-language.ts';

const jsonataOnly: ReadonlySet<string> = new Set(['Arguments', 'Output', 'Items', 'Condition']);

const jsonPathOnly: ReadonlySet<string> = new Set([
  'InputPath',
  'OutputPath',
  'Parameters',
  'ResultSelector',
  'ResultPath',
  'ItemsPath',
  'Result',
  'SecondsPath',
  'TimestampPath',
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'MaxConcurrencyPath',
  'MaxItemsPerBatchPath',
  'MaxInputBytesPerBatchPath',
  'MaxItemsPath',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentagePath',
  'ErrorPath',
  'CausePath',
  'Variable',
]);

/** What is said of a field that nothing reads, in the service's words. */
export function unsupportedField(name: string, language: QueryLanguage): string {
  const other = language === 'JSONPath' ? jsonataOnly : jsonPathOnly;
  if (!other.has(name)) return `Field '${name}' is not supported`;
  const owner = language === 'JSONPath' ? 'JSONata' : 'JSONPath';
  return `The QueryLanguage is set to '${language}', but field '${name}' is only supported for the '${owner}' QueryLanguage`;
}
