import type { Usage } from '@/lib/chat/types';

/** What one JSON value of a stream, or a whole reply, says. '' is "nothing". */
export interface Chunk {
  /** It is a piece of a reply of this wire: not a ping, and nothing foreign. */
  readonly isReply: boolean;
  readonly text: string;
  readonly thinking: string;
  /** The model's own words for declining. */
  readonly refusal: string;
  /** The text is the whole answer, not an addition to it. */
  readonly isWhole: boolean;
  readonly callsTools: boolean;
  /** The reason why it is finished, in the words that `meaningOf` knows. */
  readonly finish: string;
  /** The finish reason of the provider behind a gateway. */
  readonly nativeFinish: string;
  /** The wire's own end mark: nothing counts that comes after it. */
  readonly isEnd: boolean;
  readonly model: string;
  /** Replaces what is known of the same fields. */
  readonly usage: Usage | undefined;
}

/** A piece of a reply that says nothing. */
export const emptyChunk: Chunk = {
  isReply: true,
  text: '',
  thinking: '',
  refusal: '',
  isWhole: false,
  callsTools: false,
  finish: '',
  nativeFinish: '',
  isEnd: false,
  model: '',
  usage: undefined,
};

/** How a wire's replies are written. What all wires have in common is in `createReply`. */
export interface ReplyFormat {
  /** A reader for one reply: it gives what a JSON value says, undefined when nothing can be said of it. Never throws. */
  readonly createReader: () => (value: unknown) => Chunk | undefined;
  /** The same where nothing is remembered from one to the next, for a look at what is still to be taken. */
  readonly peek?: (value: unknown) => Chunk | undefined;
  /** The part of a JSON value that says "error"; undefined when none does. */
  readonly findError: (value: unknown) => unknown;
  /** Models write their thinking into the text, between `<think>` and `</think>`. */
  readonly hasInlineThinking?: true;
  /** `[DONE]` is its end mark. Elsewhere it is the habit of some servers, and makes no reply of what is none. */
  readonly endsWithSentinel?: true;
  /** One JSON value a line, of which a reply has many: one alone is not yet a whole reply. */
  readonly isLines?: true;
  /** A finish reason may stand in every chunk: text that comes behind it still counts. */
  readonly finishesOften?: true;
}
