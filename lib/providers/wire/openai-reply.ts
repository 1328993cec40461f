import { defined } from '@/lib/errors/defined';
import type { Usage } from '@/lib/chat/types';
import type { Failure, FailureKind } from '@/lib/errors/failure';
import type { ReadEnd } from '@/lib/stream/byte-reader';
import { asArray, asRecord, parseJson } from '@/lib/stream/json';
import type { StreamPart } from '../provider';
import { errorIn } from './error-frame';
import { endingOf, failureOfFinish, type FinishEnding } from './finish-reason';
import { failureOfFrame, placeOf, type FailureContext } from './http-failure';
import { createInlineThinking } from './inline-thinking';
import { readChunk, type Chunk } from './openai-chunk';
import type { Frame } from './openai-frames';
import { providerMessage, providerWords } from './provider-message';

/** Of what is no reply, so much is kept to say what it was. In UTF-16 units. */
const longestForeign = 65_536;

export interface OpenAiReply {
  /** What a frame adds. Afterwards `failure` may be set: the parts come before it. */
  take(frame: Frame): readonly StreamPart[];
  /** The reply as one JSON value, which needs no other sign of its end. */
  takeWhole(value: unknown): readonly StreamPart[];
  /** No more will come, for this reason: what was held back, then the finish, or else it sets `failure`. */
  end(reason: ReadEnd): readonly StreamPart[];
  readonly failure: () => Failure | undefined;
  /** Nothing that may come counts any more. */
  readonly isOver: () => boolean;
  /** It said how it finished: only its usage is still waited for. */
  readonly isFinished: () => boolean;
  /** Some of the answer has come: text, thinking, or a call of a tool. */
  readonly hasBegun: () => boolean;
}

/** Puts together what an OpenAI-style reply says: its text, its end, its failure. Knows nothing of bytes and time. */
export function createOpenAiReply(headers: Headers, context: FailureContext): OpenAiReply {
  const inline = createInlineThinking();
  const saw = { sentinel: false, reply: false, refusal: false, toolCall: false, damage: false };
  let failure: Failure | undefined;
  let finish: FinishEnding | undefined;
  let usage: Usage | undefined;
  let served = '';
  let length = 0;
  let foreign: string | undefined;

  function take(frame: Frame): readonly StreamPart[] {
    if (isOver()) return [];
    switch (frame.type) {
      case 'value':
        return takeValue(frame.value);
      case 'error':
        return finish === undefined ? fail(failureOfFrame(frame.said, headers, context)) : [];
      case 'sentinel':
        saw.sentinel = true;
        return [];
      case 'damage':
        saw.damage = true;
        return [];
      case 'foreign':
        foreign ??= '';
        if (foreign.length < longestForeign) foreign += `${frame.text}\n`;
        return [];
    }
  }

  function takeValue(value: unknown): readonly StreamPart[] {
    const error = finish === undefined ? errorIn(value) : undefined;
    const chunk = readChunk(value);
    if (error !== undefined) {
      const parts = chunk?.isReply ? takeText(chunk) : [];
      return [...parts, ...fail(failureOfFrame(error, headers, context))];
    }
    if (!chunk?.isReply) foreign = foreign || providerWords(value);
    if (!chunk) return [];
    saw.reply ||= chunk.isReply;
    usage = chunk.usage ?? usage;
    const parts = [...takeServed(chunk), ...(finish === undefined ? takeText(chunk) : [])];
    return finish === undefined ? [...parts, ...takeFinish(chunk)] : parts;
  }

  function takeServed({ isReply, model }: Chunk): readonly StreamPart[] {
    if (!isReply || model === '' || model === served) return [];
    served = model;
    return [{ type: 'served', model }];
  }

  function takeText(chunk: Chunk): readonly StreamPart[] {
    saw.toolCall ||= chunk.callsTools;
    saw.refusal ||= chunk.refusal !== '';
    // Some servers repeat the whole answer in their last frame.
    if (chunk.isWhole && length > 0) return [];
    const text = chunk.text + chunk.refusal;
    length += chunk.thinking.length + text.length;
    return [
      ...(chunk.thinking === '' ? [] : [{ type: 'thinking', text: chunk.thinking } as const]),
      ...(text === '' ? [] : inline.push(text)),
    ];
  }

  function takeFinish(chunk: Chunk): readonly StreamPart[] {
    if (chunk.finish === '') return [];
    const kind = failureOfFinish(chunk.finish) ?? failureOfFinish(chunk.nativeFinish);
    if (kind !== undefined) return fail(failureOf(kind));
    finish = endingOf(chunk.finish);
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
    saw.sentinel ||= saw.reply;
    return parts;
  }

  function end(reason: ReadEnd): readonly StreamPart[] {
    // JSON over many lines that came as lines of no field.
    const value = isForeign() ? asRecord(parseJson(foreign ?? '')) : undefined;
    const parts = [...(value ? takeWhole(value) : []), ...inline.flush()];
    if (reason === 'too-long' && !isFinished()) failure ??= failureOf('too-much-data');
    if (reason === 'broken' && !hasBegun() && !isFinished()) failure ??= failureOf('network');
    if (isForeign()) failure ??= failureOf('not-an-api', providerMessage(foreign, context.key));
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

  const isOver = (): boolean => saw.sentinel || failure !== undefined;
  const isFinished = (): boolean => saw.sentinel || finish !== undefined;
  const isForeign = (): boolean => !saw.reply && !saw.sentinel && foreign !== undefined;
  const hasBegun = (): boolean => length > 0 || saw.toolCall;
  return { take, takeWhole, end, failure: () => failure, isOver, isFinished, hasBegun };
}
