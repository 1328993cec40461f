import { asArray, asRecord } from '@/lib/stream/json';

/**
 * The part of a JSON value that says "error", undefined when none does. Known shapes: `error` as an object, list or bare
 * text, also in a choice; vLLM's flat `{"object": "error"}`; `{"type": "error"}`; Google's list around an error; and
 * `{"code": 1234, "message": "…"}` or `{"success": false, …}` without choices. `error: null` and `error: {}` are none.
 */
export function errorIn(value: unknown): unknown {
  if (Array.isArray(value)) return asArray(value).find((item) => asRecord(item) && errorIn(item) !== undefined);
  const frame = asRecord(value);
  if (!frame) return undefined;
  if (saysSomething(frame['error'])) return frame;
  if (frame['object'] === 'error' || frame['type'] === 'error') return frame;
  const choices = frame['choices'];
  if (Array.isArray(choices)) {
    return asArray(choices).find((choice) => saysSomething(asRecord(choice)?.['error']));
  }
  const code = frame['code'];
  const hasWords = typeof frame['message'] === 'string' || typeof frame['msg'] === 'string';
  const hasCode = (typeof code === 'number' && code !== 0 && code !== 200) || (typeof code === 'string' && code !== '');
  return frame['success'] === false || (hasWords && hasCode) ? frame : undefined;
}

function saysSomething(error: unknown): boolean {
  if (typeof error === 'object' && error !== null) return Object.values(error).some(saysSomething);
  return error !== undefined && error !== null && error !== '' && error !== 0 && error !== false;
}
