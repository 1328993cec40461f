import { defined } from '@/lib/errors/defined';
import type { Usage } from '@/lib/chat/types';
import type { Failure, FailureKind } from '@/lib/errors/failure';
import type { ReadEnd } from '@/lib/stream/byte-reader';
import { asArray, parseJson } from '@/lib/stream/json';
import type { StreamPart } from '../provider';
import { meaningOf, type FinishEnding } from './finish-reason';
import { failureOfFrame, placeOf, type FailureContext } from './http-failure';
import { createInlineThinking } from './inline-thinking';
import type { Frame } from './frames';
import { providerMessage } from './provider-message';
import type { Chunk, ReplyFormat } from './reply-format';

/** Of lines that are no reply, but may be JSON over many, so much is taken. In UTF-16 units. */
const longestForeign = 16 * 1024 * 1024;

/** The last line of a reply holds little; a longer one is not looked at before its end. In UTF-16 units. */
const longestLastLine = 64 * 1024;

export interface Reply {
  /** What a frame adds. Afterwards `failure` may be set: the parts come before it. */
  take(frame: Frame): readonly StreamPart[];
  /** No more will come, for this reason: what was held back, then the finish, or else it sets `failure`. */
  end(reason: ReadEnd): readonly StreamPart[];
  readonly failure: () => Failure | undefined;
  /** Nothing that may come counts any more. */
  readonly isOver: () => boolean;
  /** It said how it finished: only its usage is still waited for. */
  readonly isFinished: () => boolean;
  /** What has come as bare lines, with the open one behind it, is one JSON value: a whole reply needs no other end. */
  readonly isWhole: (open: string) => boolean;
  /** The open line would be the last one, if it ended here. */
  readonly isLastLine: (open: string) => boolean;
  /** Some of the answer has come: text, thinking, or a call of a tool. */
  readonly hasBegun: () => boolean;
  /** Changes with every frame of a reply, and before the first with each line: all others, such as pings, are no progress. */
  readonly progress: () => number;
}

/** Puts together what a reply says: its text, its end, its failure. Knows nothing of bytes and time. */
export function createReply(format: ReplyFormat, headers: Headers, context: FailureContext): Reply {
  const readChunk = format.createReader();
  const inline = createInlineThinking(format.hasInlineThinking ? 'start' : 'answer');
  const saw = { sentinel: false, bare: false, refusal: false, toolCall: false, damage: false };
  let failure: Failure | undefined;
  let finish: FinishEnding | undefined;
  let usage: Usage | undefined;
  let served = '';
  const lengths = { text: 0, thinking: 0 };
  let replies = 0;
  let foreign: string | undefined;

  function take(frame: Frame): readonly StreamPart[] {
    if (isOver()) return [];
    switch (frame.type) {
      case 'value':
        return takeValue(frame.value, frame.isBare);
      case 'error':
        return counts() ? fail(failureOfFrame(frame.said, headers, context)) : [];
      case 'sentinel':
        saw.sentinel = true;
        return [];
      case 'damage':
        saw.damage = true;
        return [];
      case 'foreign':
        saw.damage ||= replies > 0 && frame.text.startsWith('{');
        foreign = `${foreign ?? ''}${frame.text}\n`;
        return foreign.length > longestForeign ? fail(failureOf('too-much-data')) : [];
    }
  }

  function takeValue(value: unknown, isBare = false): readonly StreamPart[] {
    const error = counts() ? format.findError(value) : undefined;
    const chunk = readChunk(value);
    if (error !== undefined) {
      const parts = chunk?.isReply ? takeText(chunk) : [];
      return [...parts, ...fail(failureOfFrame(error, headers, context))];
    }
    if (!chunk?.isReply) foreign ??= JSON.stringify(value);
    else replies += 1;
    if (!chunk) return [];
    saw.bare ||= isBare;
    if (chunk.usage) usage = { ...usage, ...chunk.usage };
    const parts = [...takeServed(chunk), ...(counts() ? [...takeText(chunk), ...takeFinish(chunk)] : [])];
    saw.sentinel ||= chunk.isEnd;
    // One JSON reply needs no other sign of its end.
    if (isBare && chunk.isWhole && chunk.text !== '') finish ??= 'complete';
    return parts;
  }

  function takeServed({ isReply, model }: Chunk): readonly StreamPart[] {
    if (!isReply || model === '' || model === served) return [];
    served = model;
    return [{ type: 'served', model }];
  }

  function takeText(chunk: Chunk): readonly StreamPart[] {
    saw.toolCall ||= chunk.callsTools;
    saw.refusal ||= chunk.refusal !== '';
    // Some servers repeat the whole answer, or all of the thinking, in their last frame.
    const text = chunk.isWhole && lengths.text > 0 ? '' : chunk.text + chunk.refusal;
    const thinking = chunk.isWhole && lengths.thinking > 0 ? '' : chunk.thinking;
    lengths.text += text.length;
    lengths.thinking += thinking.length;
    return [
      ...(thinking === '' ? [] : [{ type: 'thinking', text: thinking } as const]),
      ...(text === '' ? [] : inline.push(text)),
    ];
  }

  function takeFinish(chunk: Chunk): readonly StreamPart[] {
    if (chunk.finish === '') return [];
    const native = meaningOf(chunk.nativeFinish);
    const said = meaningOf(chunk.finish);
    // The provider behind a gateway knows better how a success ended.
    const meaning = said === 'complete' && native !== 'tool-calls' ? native : said;
    if (meaning === 'server' || meaning === 'overloaded' || meaning === 'timeout') return fail(failureOf(meaning));
    finish = meaning;
    return [];
  }

  function fail(reason: Failure): readonly StreamPart[] {
    failure = reason;
    return inline.flush();
  }

  function failureOf(kind: FailureKind, message?: string): Failure {
    return defined({ ...placeOf(headers, context), kind, message });
  }

  function takeWhole(value: unknown): readonly StreamPart[] {
    // Google's streams without `alt=sse` are one list.
    const values = Array.isArray(value) && value.length > 0 ? asArray(value) : [value];
    const parts = values.flatMap((one) => take({ type: 'value', value: one }));
    saw.sentinel ||= replies > 0;
    return parts;
  }

  function end(reason: ReadEnd): readonly StreamPart[] {
    // JSON over many lines that came as lines of no field.
    const text = isForeign() ? (foreign ?? '') : '';
    const value = parseJson(text);
    const items = value === undefined ? itemsOf(text).flatMap((item) => take({ type: 'value', value: item })) : [];
    const parts = [...(value === undefined ? items : takeWhole(value)), ...inline.flush()];
    saw.sentinel ||= saw.bare && replies === 1 && !format.isLines;
    if (reason === 'too-long' && !isFinished()) failure ??= failureOf('too-much-data');
    if (reason === 'broken' && !hasBegun() && !isFinished()) failure ??= failureOf('network');
    // What may have become JSON had it not broken off is no sign of another API.
    const isTorn = value === undefined && /^\s*[[{]/.test(foreign ?? '');
    if (isForeign() && !isTorn) failure ??= failureOf('not-an-api', providerMessage(foreign, context.key));
    if (failure) return parts;
    return [...parts, defined({ type: 'finish', ending: endingSoFar(), usage } as const)];
  }

  function endingSoFar(): FinishEnding {
    const said = finish ?? (saw.sentinel ? 'complete' : 'cut');
    if (said !== 'complete') return said;
    if (saw.toolCall) return 'tool-calls';
    if (saw.refusal) return 'refused';
    return saw.damage ? 'cut' : 'complete';
  }

  /** Whether what comes is still part of the answer. */
  const counts = (): boolean => finish === undefined || format.finishesOften === true;
  const isOver = (): boolean => saw.sentinel || failure !== undefined;
  const isFinished = (): boolean => saw.sentinel || finish !== undefined;
  const isForeign = (): boolean => replies === 0 && foreign !== undefined && !(saw.sentinel && format.endsWithSentinel);
  const isWhole = (open: string): boolean => {
    if (replies > 0 || !endsInBracket(open)) return false;
    const value = parseJson((foreign ?? '') + open);
    return value !== undefined && (!format.isLines || isLast(value));
  };
  const isLastLine = (open: string): boolean => {
    if (open.length > longestLastLine || !endsInBracket(open)) return false;
    const line = open.replace(/^data:/u, '').trim();
    return line === '[DONE]' ? format.endsWithSentinel === true : isLast(parseJson(line));
  };
  const isLast = (value: unknown): boolean => {
    if (value === undefined) return false;
    const chunk = format.peek?.(value);
    return chunk?.isEnd === true || Boolean(chunk?.finish) || format.findError(value) !== undefined;
  };
  const hasBegun = (): boolean => lengths.text + lengths.thinking > 0 || saw.toolCall;
  return {
    take,
    end,
    failure: () => failure,
    isOver,
    isFinished,
    isWhole,
    isLastLine,
    hasBegun,
    progress: () => replies || (foreign ?? '').length,
  };
}

/** Whether it may be JSON to its end, as the end of nothing may. */
function endsInBracket(text: string): boolean {
  return '}]'.includes(text.trimEnd().slice(-1));
}

/** The whole items of a list in JSON that broke off. */
function itemsOf(text: string): readonly unknown[] {
  if (!text.trimStart().startsWith('[')) return [];
  // From the end on: what is torn is at most one item, and how many brackets that has is not endless.
  let end = text.lastIndexOf('}');
  for (let tries = 0; end >= 0 && tries < mostTries; tries += 1) {
    const items = parseJson(`${text.slice(0, end + 1)}]`);
    if (items !== undefined) return asArray(items);
    end = text.lastIndexOf('}', end - 1);
  }
  return [];
}

const mostTries = 100;
