import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';
import { runtimeFailure } from '../errors/state-failure.ts';
import type { Visit } from '../executions/visit.ts';
import { type CsvFormat, type ItemFormat, itemFormats, type ReaderOrder } from '../map-runs/order.ts';
import type { Fields } from './fields.ts';
import { readMapNumber } from './map-numbers.ts';

/** Where a distributed Map reads its items, or `undefined` where the state is given them. Throws `StateFailure`. */
export type ItemReader = (visit: Visit, input: Json) => ReaderOrder;

export function readItemReader(state: Fields): ItemReader | undefined {
  if (!state.has('ItemReader')) return undefined;
  const fields = state.object('ItemReader');
  const action = readAction(fields);
  const parameters = fields.evaluated(fields.language === 'JSONata' ? 'Arguments' : 'Parameters');
  const config = readConfig(fields);
  fields.close();
  return (visit, input) => {
    const asked = parameters?.(visit, { input }) ?? null;
    const found = isObject(asked) ? asked : {};
    const maxItems = config.maxItems(visit, input) ?? 0;
    return {
      kind: 'reader',
      action,
      bucket: text(found, 'Bucket') ?? missing('Bucket'),
      key: text(found, 'Key') ?? (action === 'getObject' ? missing('Key') : undefined),
      prefix: text(found, 'Prefix'),
      ...config.fixed,
      maxItems,
    };
  };
}

function readAction(fields: Fields): ReaderOrder['action'] {
  const resource = fields.requiredText('Resource');
  const action = /^arn:[^:]+:states:[^:]*:[^:]*:s3:(getObject|listObjectsV2)$/.exec(resource)?.[1];
  if (action === undefined && resource !== '')
    fields.complain(`The resource provided ${resource} is not recognized as an item reader.`, 'Resource');
  return (action ?? 'getObject') as ReaderOrder['action'];
}

function readConfig(fields: Fields) {
  const config = fields.has('ReaderConfig') ? fields.object('ReaderConfig') : undefined;
  const fixed = {
    format: config && readFormat(config),
    csv: readCsv(config),
    pointer: config?.text('ItemsPointer'),
    load: config?.text('Transformation') === 'LOAD_AND_FLATTEN',
  };
  const maxItems = config === undefined ? () => undefined : readMapNumber(config, 'MaxItems', 'integer');
  config?.json('ManifestType');
  config?.close();
  return { fixed, maxItems };
}

function readFormat(config: Fields): ItemFormat | undefined {
  const named = config.text('InputType');
  const format = itemFormats.find((each) => each === named);
  if (named !== undefined && format === undefined)
    config.complain(`Value must be one of [${itemFormats.join(', ')}]`, 'InputType');
  return format;
}

const delimiters: Readonly<Record<string, string>> = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
};

function readCsv(config: Fields | undefined): CsvFormat {
  const named = config?.text('CSVDelimiter') ?? 'COMMA';
  const delimiter = Object.hasOwn(delimiters, named) ? delimiters[named] : undefined;
  if (delimiter === undefined)
    config?.complain(`Value must be one of [${Object.keys(delimiters).join(', ')}]`, 'CSVDelimiter');
  const location = config?.text('CSVHeaderLocation') ?? 'FIRST_ROW';
  if (location !== 'FIRST_ROW' && location !== 'GIVEN')
    config?.complain('Value must be one of [FIRST_ROW, GIVEN]', 'CSVHeaderLocation');
  const given = config?.has('CSVHeaders') ? config.texts('CSVHeaders') : undefined;
  if (location === 'GIVEN' && given === undefined)
    config?.complain("The field 'CSVHeaders' is required but was missing");
  return { headers: location === 'GIVEN' ? given : undefined, delimiter: delimiter ?? ',' };
}

function text(parameters: JsonObject, name: string): string | undefined {
  const value = parameters[name];
  if (value === undefined || typeof value === 'string') return value;
  throw runtimeFailure(`The parameter '${name}' of ItemReader must be a string: ${JSON.stringify(value)}`);
}

function missing(name: string): never {
  throw runtimeFailure(`The parameter '${name}' of ItemReader is required but was missing.`);
}
