import type { ReadEnd } from './byte-reader';

export type SseItem =
  | {
      readonly type: 'message';
      /** 'message' when the stream names none. */
      readonly event: string;
      readonly data: string;
      /** The last event ID, which stays until another comes. */
      readonly id: string;
      /** false: the bytes ended before the blank line. The standard drops such an event; the reader decides. */
      readonly terminated: boolean;
    }
  /** A whole line that is none of the standard's fields, such as llama.cpp's `error: {…}` or bare JSON. */
  | { readonly type: 'line'; readonly text: string }
  /** Always the last item. */
  | { readonly type: 'end'; readonly reason: ReadEnd };

export interface SseParser {
  /** Gives what this line completes. */
  line(line: string): readonly SseItem[];
  /** Gives what was open when the bytes ended. */
  end(): readonly SseItem[];
  /** How much data of the open event is there, in UTF-16 code units. */
  readonly openLength: () => number;
}

/**
 * Interprets the lines of an event stream. https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 *
 * `splitJsonLines` ends an event between two `data:` lines of which the first ends in `}` and the second starts a JSON
 * object or is the sentinel. Servers that write one newline per event instead of two need it to be read live, and it
 * cannot hurt JSON that is spread over lines: no value follows `}` without a comma.
 */
export function createSseParser(splitJsonLines: boolean): SseParser {
  let event = '';
  let id = '';
  let data: string[] = [];
  let length = 0;

  function dispatch(terminated: boolean): readonly SseItem[] {
    const item: SseItem = { type: 'message', event: event || 'message', data: data.join('\n'), id, terminated };
    const isEmpty = data.length === 0;
    event = '';
    data = [];
    length = 0;
    return isEmpty ? [] : [item];
  }

  function addData(value: string): readonly SseItem[] {
    const before = splitJsonLines && endsObject.test(data.at(-1) ?? '') && startsJson.test(value) ? dispatch(true) : [];
    data.push(value);
    length += value.length + 1;
    return before;
  }

  return {
    line: (line) => {
      if (line === '') return dispatch(true);
      const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
      switch (field) {
        case 'data':
          return addData(value);
        case 'event':
          event = value;
          return [];
        case 'id':
          if (!value.includes('\0')) id = value;
          return [];
        // How long to wait before connecting again, which is never done by itself; and comments.
        case 'retry':
        case '':
          return [];
        default:
          return [{ type: 'line', text: line }];
      }
    },
    end: () => dispatch(false),
    openLength: () => length,
  };
}

const endsObject = /\}[ \t]*$/;
const startsJson = /^(?:\{|\[DONE\])/;
