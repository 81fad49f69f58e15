import { SourceMap } from 'node:module';
import vm from 'node:vm';
import type { Failure } from '../../../shared/domain/events.ts';
import { type Frame, framesOf } from './frames.ts';
import type { Thrown } from './thrown.ts';

const filename = 'program.js';

const mapMark = '\n//# sourceMappingURL=data:application/json;base64,';

/** A bundle, compiled once for all its runs. */
export class Program {
  readonly script: vm.Script;
  readonly #encodedMap: string;
  #map: SourceMap | undefined;

  constructor(code: string) {
    const end = code.lastIndexOf(mapMark);
    this.script = new vm.Script(end < 0 ? code : code.slice(0, end), { filename });
    this.#encodedMap = end < 0 ? '' : code.slice(end + mapMark.length);
  }

  /** The failure of a run whose program has thrown. Names the author's file and line. */
  failure({ name, message, stack }: Thrown): Failure {
    const frames = framesOf(stack, filename).map((frame) => this.#original(frame));
    const own = frames.filter(({ file }) => !file.startsWith('tandem:'));
    const place = own[0] && placeOf(own[0]);
    const what = name === '' || name === 'Error' ? message : `${name}: ${message}`;
    return {
      code: 'program.failed',
      message: place ? `${what} (${place})` : what,
      details: { name, ...(place ? { place } : {}), stack: own.map(describe) },
    };
  }

  #original(frame: Frame): Frame {
    if (this.#encodedMap === '') return frame;
    this.#map ??= new SourceMap(JSON.parse(Buffer.from(this.#encodedMap, 'base64').toString()));
    const origin = this.#map.findEntry(frame.line - 1, frame.column - 1);
    if (!('originalSource' in origin)) return frame;
    const { originalSource, originalLine, originalColumn } = origin;
    return { ...frame, file: originalSource, line: originalLine + 1, column: originalColumn + 1 };
  }
}

const placeOf = ({ file, line, column }: Frame): string => `${file}:${line}:${column}`;

const describe = (frame: Frame): string =>
  frame.name === '' ? `at ${placeOf(frame)}` : `at ${frame.name} (${placeOf(frame)})`;
