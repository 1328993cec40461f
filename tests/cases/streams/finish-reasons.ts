import {
  added,
  done,
  event,
  finish,
  hello,
  helloText,
  streamCase,
  text,
  wholeReply,
  type StreamCase,
} from '../stream-case.ts';

type Ending = StreamCase['expect']['ending'];

const endings: readonly (readonly [Ending, readonly string[]])[] = [
  ['complete', ['eos', 'end_turn', 'stop_sequence', 'COMPLETE', 'completed']],
  ['length', ['token_limit', 'max_output_reached', 'LIMIT', 'MAX_TOKENS', 'model_context_window_exceeded']],
  ['cut', ['time_limit', 'disconnect', 'incomplete', 'pause_turn', 'abort', 'cancelled']],
  [
    'filtered',
    [
      'guardrail_intervened',
      'SPII',
      'blocked',
      'content_blocked',
      'censored',
      'moderation',
      'SAFETY',
      'content_filter',
    ],
  ],
  ['refused', ['refusal']],
];

/** Finish reasons as servers name them: OpenAI, Anthropic, Google, Bedrock, Cohere, TGI and gateways. */
export const finishReasons: readonly StreamCase[] = [
  ...endings.flatMap(([ending, reasons]) =>
    reasons.flatMap((reason) => [
      streamCase(`reason-${reason}`, `the finish reason \`${reason}\``, hello + finish(reason) + done, {
        text: helloText,
        ending,
      }),
      streamCase(
        `native-reason-${reason}`,
        'the native reason decides behind a success',
        hello +
          event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop', native_finish_reason: reason }] }) +
          done,
        { text: helloText, ending },
      ),
    ]),
  ),
  streamCase('finish-failed', 'a failed finish is an error', hello + finish('failed') + done, {
    text: helloText,
    ending: 'error',
    failureKind: 'server',
  }),
  streamCase(
    'native-tools',
    'a native reason about tools does not undo a success',
    hello + event({ choices: [{ delta: {}, finish_reason: 'stop', native_finish_reason: 'tool_use' }] }) + done,
    { text: helloText, ending: 'complete' },
  ),
  streamCase(
    'whole-after-thinking',
    'an answer that comes only as a whole message behind streamed thinking',
    added({ reasoning_content: 'Hm.' }) + event(wholeReply({ content: helloText, reasoning_content: 'Hm.' })) + done,
    { text: helloText, thinking: 'Hm.', ending: 'complete' },
  ),
  streamCase(
    'refusal-part',
    'a refusal as a part of the content',
    added({ content: [{ type: 'refusal', refusal: 'No.' }] }) + finish('stop') + done,
    { text: 'No.', ending: 'refused' },
  ),
  streamCase('refusal-text', 'the word in an answer is none', text('refusal') + finish('stop') + done, {
    text: 'refusal',
    ending: 'complete',
  }),
];
