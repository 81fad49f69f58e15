import { limits } from '../../domain/limits.ts';
import { bytes, type Item, number, numberOf, text } from './items.ts';
import { place, places } from './keys.ts';
import type { Query } from './queries.ts';

/** Bytes of text in one item: DynamoDB takes 400 KB with everything around it. */
const itemBytes = 380_000;

/**
 * The texts of events that follow each other, as items of a log. Events of one append share an item as far as it holds
 * them, under the place of the last one: fewer items, and a small one costs as much as a kilobyte. One that is larger than an
 * item is cut into pieces.
 */
export function eventItems(pk: string, before: number, texts: readonly string[]): readonly Item[] {
  const items: Item[] = [];
  let last = before;
  let shared: string[] = [];
  let size = 0;
  const close = () => {
    if (shared.length > 0) items.push(sharedItem(pk, last, shared));
    shared = [];
    size = 0;
  };
  for (const one of texts) {
    const own = Buffer.byteLength(one);
    if (size + own > itemBytes) close();
    last += 1;
    if (own > itemBytes) items.push(...pieces(pk, last, one));
    else {
      shared.push(one);
      size += own;
    }
  }
  close();
  return items;
}

function sharedItem(pk: string, last: number, texts: readonly string[]): Item {
  return { pk: text(pk), sk: text(places.event(last)), events: { L: texts.map(text) } };
}

function pieces(pk: string, seq: number, event: string): Item[] {
  const all = Buffer.from(event);
  const count = Math.ceil(all.length / itemBytes);
  return Array.from({ length: count }, (_, index) => ({
    pk: text(pk),
    sk: text(index === 0 ? places.event(seq) : places.piece(seq, index)),
    pieces: number(count),
    piece: bytes(all.subarray(index * itemBytes, (index + 1) * itemBytes)),
  }));
}

/** Asks for the events after a place; the first item may hold earlier ones as well. */
export function eventsAfter(table: string, pk: string, after: number): Query {
  return { table, partition: pk, between: [places.event(after + 1), `event#${place(9_999_999_999)}$`] };
}

/** An event as a log holds it. */
export interface StoredEvent {
  readonly seq: number;
  readonly text: string;
  /** The items that it stands in, with others or alone. */
  readonly items: readonly Item[];
}

/** The events in items of a log, in their order. */
export async function* storedEvents(items: AsyncIterable<Item>): AsyncGenerator<StoredEvent> {
  let cut: Item[] = [];
  for await (const item of items) {
    const last = Number((item['sk']?.S ?? '').split('#')[1]);
    const texts = item['events']?.L;
    if (texts) {
      for (const [index, one] of texts.entries())
        yield { seq: last - texts.length + 1 + index, text: one.S ?? '', items: [item] };
      continue;
    }
    cut.push(item);
    if (cut.length < numberOf(item, 'pieces')) continue;
    const whole = Buffer.concat(cut.map(({ piece }) => piece?.B ?? new Uint8Array()));
    yield { seq: last, text: whole.toString(), items: cut };
    cut = [];
  }
}

/** Events of a page: those after `after`, at most `limit` and as many bytes as a page may have, at least one. */
export async function pageOfEvents(
  events: AsyncIterable<StoredEvent>,
  after: number,
  limit: number,
): Promise<{ readonly texts: readonly string[]; readonly more: boolean }> {
  const wanted = Math.min(Math.max(limit, 1), limits.pageEvents);
  const texts: string[] = [];
  let size = 0;
  for await (const event of events) {
    if (event.seq <= after) continue;
    size += Buffer.byteLength(event.text);
    if (texts.length === wanted || (texts.length > 0 && size > limits.pageBytes))
      return { texts, more: true };
    texts.push(event.text);
  }
  return { texts, more: false };
}
