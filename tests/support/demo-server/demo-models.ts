/**
 * The demo models. A model's name says what it does, so that a test needs no other way to arrange its server:
 *
 * | name | what it does |
 * | --- | --- |
 * | `demo` | a long Markdown answer at 40 tokens a second |
 * | `demo-fast` | the same at 1000 a second |
 * | `demo-thinks`, `demo-thinks-fast` | reasons first (`reasoning_content`), then answers |
 * | `demo-silent-<seconds>`, `demo-slow-start-<seconds>s` | headers at once, then silence before the first token |
 * | `demo-silent-headers-<seconds>` | not even headers before the first token |
 * | `demo-numbered-<count>-<rate>` | `t0 t1 t2 …`, to see loss and doubling; rate is tokens a second, 0 for all at once |
 * | `demo-echo` | says what it was sent: how many messages, and the last of the user |
 * | `demo-repeats` | the last text of the user and nothing else, cut anywhere |
 * | `demo-length` | ends with the finish reason `length` |
 * | `demo-empty` | a well-formed reply without text |
 * | `demo-cut-after-<n>` | the bytes end after n tokens without an end mark |
 * | `demo-reset-after-<n>` | the connection is torn down after n tokens |
 * | `demo-stalls-after-<n>` | silence without end after n tokens |
 * | `demo-error-frame-after-<n>` | an error frame after n tokens, followed by `[DONE]` as some servers do |
 * | `demo-recovers-after-<n>` | 503 for the first n requests, then the answer |
 * | `demo-fails-<status>` | that HTTP error; 404 comes as `404-model` and `404-path`; `429-<seconds>` sets retry-after (30) |
 * | `demo-fails-html`, `demo-fails-redirect` | a web page with status 200; a redirect to another host |
 *
 * Any other name is an unknown model.
 */
import { answerTo, demoNotice, toTokens } from './demo-answers.ts';
import { failureReply, htmlReply, redirectReply, type FailureReply } from './demo-failures.ts';

export interface ScriptedAnswer {
  readonly kind: 'answer';
  readonly thinking: readonly string[];
  readonly tokens: readonly string[];
  /** 0: all at once. */
  readonly tokensPerSecond: number;
  /** Silence before the first token. */
  readonly silenceMs: number;
  /** true: the headers, too, come after the silence. */
  readonly headersWithFirstToken: boolean;
  readonly ending: 'stop' | 'length' | 'cut' | 'reset' | 'stall' | 'error-frame';
}

export type Script = ScriptedAnswer | FailureReply;

export interface ChatMessage {
  readonly role: string;
  readonly content: unknown;
}

/** What `/models` lists; the first is the one that a new endpoint starts with. */
export const listedModels: readonly string[] = [
  'demo',
  'demo-fast',
  'demo-thinks',
  'demo-slow-start-70s',
  'demo-echo',
  'demo-numbered-500-100',
  'demo-length',
  'demo-empty',
  'demo-cut-after-20',
  'demo-reset-after-20',
  'demo-error-frame-after-20',
  'demo-fails-401',
  'demo-fails-402',
  'demo-fails-403',
  'demo-fails-404-model',
  'demo-fails-404-path',
  'demo-fails-429',
  'demo-fails-500',
  'demo-fails-503',
  'demo-fails-html',
  'demo-fails-redirect',
];

/** What the model of this name does with these messages. `earlierRequests` counts those to the same model before this one. */
export function scriptFor(model: string, messages: readonly ChatMessage[], earlierRequests: number): Script {
  const question = lastUserText(messages);
  const answer = (changes: Partial<ScriptedAnswer> = {}): ScriptedAnswer => ({
    kind: 'answer',
    thinking: [],
    tokens: toTokens(answerTo(question)),
    tokensPerSecond: 40,
    silenceMs: 0,
    headersWithFirstToken: false,
    ending: 'stop',
    ...changes,
  });

  switch (model) {
    case 'demo':
      return answer();
    case 'demo-fast':
      return answer({ tokensPerSecond: 1000 });
    case 'demo-thinks':
      return answer({ thinking: toTokens(thoughtsAbout(question)) });
    case 'demo-thinks-fast':
      return answer({ thinking: toTokens(thoughtsAbout(question)), tokensPerSecond: 1000 });
    case 'demo-echo':
      return answer({ tokens: toTokens(echoOf(messages, question)), tokensPerSecond: 1000 });
    case 'demo-repeats':
      return answer({ tokens: cutAnywhere(question), tokensPerSecond: 1000 });
    case 'demo-length':
      return answer({ ...numbered(20, 1000), ending: 'length' });
    case 'demo-empty':
      return answer({ tokens: [] });
    case 'demo-fails-html':
      return htmlReply;
    case 'demo-fails-redirect':
      return redirectReply;
  }

  const { name, numbers } = splitName(model);
  const [first = 0, second] = numbers;
  switch (name) {
    case 'demo-silent':
    case 'demo-slow-starts': // demo-slow-start-70s without its number
      return answer({ silenceMs: first * 1000, tokensPerSecond: 1000 });
    case 'demo-silent-headers':
      return answer({ silenceMs: first * 1000, tokensPerSecond: 1000, headersWithFirstToken: true });
    case 'demo-numbered':
      return answer(numbered(first, second ?? 1000));
    case 'demo-cut-after':
      return answer({ ...numbered(first, 1000), ending: 'cut' });
    case 'demo-reset-after':
      return answer({ ...numbered(first, 1000), ending: 'reset' });
    case 'demo-stalls-after':
      return answer({ ...numbered(first, 1000), ending: 'stall' });
    case 'demo-error-frame-after':
      return answer({ ...numbered(first, 1000), ending: 'error-frame' });
    case 'demo-recovers-after':
      return earlierRequests < first ? failureReply('503', model) : answer({ tokensPerSecond: 1000 });
    case 'demo-fails':
    case 'demo-fails-model':
    case 'demo-fails-path':
      return failureReply(model.slice('demo-fails-'.length), model);
    default:
      return failureReply('404-model', model);
  }
}

/** Pieces of 1 to 120 characters, the same for the same text. */
function cutAnywhere(text: string): readonly string[] {
  const pieces: string[] = [];
  let state = 1 + text.length;
  for (let at = 0; at < text.length;) {
    // Park and Miller's generator: enough to cut texts, and the same everywhere.
    state = (state * 48_271) % 2_147_483_647;
    const end = at + 1 + (state % 120);
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
}

function numbered(count: number, tokensPerSecond: number): Partial<ScriptedAnswer> {
  return {
    tokens: Array.from({ length: count }, (_, index) => (index === 0 ? 't0' : ` t${index}`)),
    tokensPerSecond,
  };
}

/** The name without its numbers, and the numbers: `demo-numbered-500-100` is `demo-numbered` with 500 and 100. */
function splitName(model: string): { name: string; numbers: number[] } {
  return { name: model.replaceAll(/-\d+/g, ''), numbers: (model.match(/\d+/g) ?? []).map(Number) };
}

function lastUserText(messages: readonly ChatMessage[]): string {
  const content = messages.findLast((message) => message.role === 'user')?.content ?? '';
  return typeof content === 'string' ? content : JSON.stringify(content);
}

function thoughtsAbout(question: string): string {
  return `This is canned reasoning of a demo model. The question was: ${JSON.stringify(question.slice(0, 200))}. First I would look for what is really being asked. Then I would choose an example that shows it. Now I will write the canned answer.`;
}

function echoOf(messages: readonly ChatMessage[], question: string): string {
  return `${demoNotice}.\n\nYou sent ${messages.length} ${messages.length === 1 ? 'message' : 'messages'}. The last user message was:\n\n${question}`;
}
