import type { Json, JsonObject } from '../../../../shared/domain/json.ts';
import type { HttpAnswer } from './exchange.ts';

/** An answer as results tell it: `Headers` with lists, `ResponseBody` as a value where it is JSON. */
export function responseOf({ headers, body, status, statusText }: HttpAnswer): JsonObject {
  return {
    Headers: headers,
    ResponseBody: bodyOf(headers, body),
    StatusCode: status,
    StatusText: statusText,
  };
}

export const isSuccess = ({ status }: HttpAnswer): boolean => status >= 200 && status < 300;

function bodyOf(headers: HttpAnswer['headers'], body: string): Json {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1][0];
  if (!/[/+]json\b/i.test(type ?? '')) return body;
  try {
    return JSON.parse(body) as Json;
  } catch {
    return body;
  }
}
