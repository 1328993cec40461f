import { jsonOrText, parseJson } from '@/lib/stream/json';
import type { SseItem } from '@/lib/stream/parse-sse';

/** What one message of a stream is, before its content is looked at. */
export type Frame =
  /** `isBare`: JSON on a line of its own, in no event. */
  | { readonly type: 'value'; readonly value: unknown; readonly isBare?: true }
  /** Exactly `[DONE]`. */
  | { readonly type: 'sentinel' }
  /** The stream's own way of saying that this is an error, whatever it contains. */
  | { readonly type: 'error'; readonly said: unknown }
  /** JSON once, and broken: some text may be missing. */
  | { readonly type: 'damage' }
  /** Nothing that a wire knows. */
  | { readonly type: 'foreign'; readonly text: string };

export function readFrames(item: SseItem): readonly Frame[] {
  switch (item.type) {
    case 'end':
      return [];
    case 'line': {
      // llama.cpp sends `error: {…}`; others send bare JSON, on one line or on many.
      const said = /^error:\s*(.*)$/s.exec(item.text)?.[1];
      if (said !== undefined) return [{ type: 'error', said: jsonOrText(said) }];
      const value = item.text.startsWith('{') ? parseJson(item.text) : undefined;
      return [value === undefined ? { type: 'foreign', text: item.text } : { type: 'value', value, isBare: true }];
    }
    case 'message': {
      if (item.data === '') return [];
      if (/error|exception/i.test(item.event)) return [{ type: 'error', said: jsonOrText(item.data) }];
      const frames = framesOfText(item.data);
      // The bytes ended inside this event: what is torn counts as not sent.
      return item.terminated ? frames : frames.filter(({ type }) => type === 'value' || type === 'sentinel');
    }
  }
}

/** One JSON value, or several of which each is a line: servers that write one newline per event instead of two. */
function framesOfText(text: string): readonly Frame[] {
  const whole = frameOfLine(text);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (whole.type === 'value' || lines.length < 2) return [whole];
  const frames = lines.map(frameOfLine);
  if (frames[0]?.type !== 'value') return [whole];
  // A sentinel ends a stream; one with lines after it is none.
  return frames.filter(({ type }, at) => type !== 'sentinel' || at === frames.length - 1);
}

function frameOfLine(text: string): Frame {
  if (text === '[DONE]') return { type: 'sentinel' };
  const value = parseJson(text);
  if (value !== undefined) return { type: 'value', value };
  return /^\s*\{/.test(text) ? { type: 'damage' } : { type: 'foreign', text };
}
