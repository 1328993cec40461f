import { asArray, asRecord } from '@/lib/stream/json';

/**
 * The part of a JSON value that says "error", undefined when none does. `error` says so as an object, list or bare text,
 * also in a choice or its delta; `error: null` and `error: {}` do not. Only without choices do these: FastAPI's `detail`
 * and the like; a `type` or `object` that names an error or exception (Anthropic, vLLM); `status: "error"` or an HTTP
 * status; MiniMax's `base_resp`; `success: false`; and a code that means no success, with words. Of Google's list around
 * an error: the item.
 */
export function errorIn(value: unknown): unknown {
  if (Array.isArray(value)) return asArray(value).find((item) => asRecord(item) && errorIn(item) !== undefined);
  const frame = asRecord(value);
  if (!frame) return undefined;
  if (saysSomething(frame['error'])) return frame;
  const choices = asArray(frame['choices']).map(asRecord);
  if (choices.length > 0) {
    return choices
      .flatMap((choice) => [choice, asRecord(choice?.['delta'])])
      .find((part) => saysSomething(part?.['error']));
  }
  const fields = Object.entries(frame)
    .map(([name, inner]) => (inner === false || saysSomething(inner) ? `${name}=${JSON.stringify(inner)}` : ''))
    .toSorted()
    .join('\n');
  return signs.test(fields) ? frame : undefined;
}

/** Fields in the order of their names, one a line, without those that say nothing. */
const signs =
  /^(?:error\w*|detail)=(?!false)|^(?:type|object)=.*(?:error|exception)|^(?:base_resp.*")?status(?:_code)?\W+(?:error|[45]\d\d|\d{4})|^success=false|^code=(?!"?(?:200|0|ok|succ|f))[^]*^(?:message|msg)="/im;

function saysSomething(error: unknown): boolean {
  return typeof error === 'object' ? Object.values(error ?? {}).some(saysSomething) : Boolean(error);
}
