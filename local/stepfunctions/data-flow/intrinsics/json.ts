import type { Json } from '../../../../shared/domain/json.ts';
import { jsonText } from '../json-text.ts';
import { object, text } from './arguments.ts';
import { type Intrinsic, InvalidArguments, intrinsic } from './call.ts';

export const json: Readonly<Record<string, Intrinsic>> = {
  'States.JsonMerge': intrinsic(3, ([one, other, deep]) => {
    if (deep !== false) throw new InvalidArguments('only the shallow merge (false) is supported');
    return { ...object(one), ...object(other) };
  }),
  'States.JsonToString': intrinsic(1, ([value]) => jsonText(value as Json)),
  'States.StringToJson': intrinsic(1, ([value]) => parse(text(value))),
};

function parse(value: string): Json {
  if (value.trim() === '') return null;
  try {
    return JSON.parse(value) as Json;
  } catch {
    throw new InvalidArguments('the string is not JSON');
  }
}
