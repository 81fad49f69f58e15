import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';
import { refuse } from './refuse.ts';

/** What a field of the context object may be, with the words the service has for it. */
interface Rule {
  readonly article: string;
  holds(value: Json): boolean;
}

const anything: Rule = { article: 'a JSON value', holds: () => true };
const text: Rule = { article: 'a string', holds: (value) => typeof value === 'string' };
const number: Rule = { article: 'a number', holds: (value) => typeof value === 'number' };

interface Section {
  readonly [field: string]: Rule | Section;
}

const allowed: Section = {
  Execution: {
    Id: text,
    Input: anything,
    Name: text,
    RoleArn: text,
    StartTime: text,
    RedriveCount: number,
    RedriveTime: text,
  },
  State: { EnteredTime: text, Name: text, RetryCount: number },
  StateMachine: { Id: text, Name: text },
  Task: { Token: text },
  Map: { Item: { Index: number, Value: anything, Key: text, Source: text } },
};

/** The context object that a request gives, or refuses what is none. */
export function readContext(given: string): JsonObject {
  const context = parse(given);
  if (!isObject(context)) refuse(`${prefix} Context object must be a JSON object`);
  checkSection(context, allowed, '');
  return context;
}

const prefix = 'Invalid Context object provided:';

function parse(given: string): Json {
  try {
    return JSON.parse(given) as Json;
  } catch {
    return refuse(`${prefix} Context object must be valid JSON`);
  }
}

function checkSection(value: JsonObject, section: Section, path: string): void {
  for (const [name, field] of Object.entries(value)) {
    const rule = Object.hasOwn(section, name) ? section[name] : undefined;
    if (rule === undefined) refuse(`${prefix} Field '${path}${name}' is not allowed`);
    checkField(field, rule, `${path}${name}`);
  }
}

function checkField(value: Json, rule: Rule | Section, path: string): void {
  if (isRule(rule)) {
    if (!rule.holds(value)) refuse(`${prefix} ${path} must be ${rule.article}`);
    return;
  }
  if (!isObject(value)) refuse(`${prefix} ${path} must be an object`);
  checkSection(value, rule, `${path}.`);
}

const isRule = (rule: Rule | Section): rule is Rule => typeof rule['holds'] === 'function';
