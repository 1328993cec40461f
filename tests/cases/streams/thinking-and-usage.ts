import {
  added,
  complete,
  done,
  ended,
  event,
  finish,
  hello,
  helloText,
  streamCase,
  text,
  type StreamCase,
} from '../stream-case.ts';

const thought = { text: helloText, thinking: 'Let me see.', ending: 'complete' } as const;
const counts = { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 };
const usage = { inputTokens: 7, outputTokens: 5 };
const counted = { ...complete, usage };
/** The text, one event per character. */
const inPieces = (words: string): string =>
  words
    .split('')
    .map((character) => text(character))
    .join('');

/** Reasoning in all its fields and inside the text, and the counts of tokens. */
export const thinkingAndUsage: readonly StreamCase[] = [
  streamCase(
    'reasoning-content',
    '`reasoning_content` (DeepSeek, xAI, Qwen, Kimi)',
    added({ reasoning_content: 'Let me ' }) + added({ content: null, reasoning_content: 'see.' }) + hello + ended,
    thought,
  ),
  streamCase(
    'reasoning',
    '`reasoning` (Groq, OpenRouter, g4f)',
    added({ reasoning: 'Let me ' }) + added({ content: '', reasoning: 'see.' }) + hello + ended,
    thought,
  ),
  streamCase(
    'reasoning-object',
    '`reasoning` as an object',
    added({ reasoning: { text: 'Let me see.' } }) + hello + ended,
    thought,
  ),
  streamCase(
    'reasoning-details',
    '`reasoning_details`',
    added({
      reasoning_details: [
        { type: 'reasoning.text', text: 'Let me ' },
        { type: 'reasoning.summary', summary: 'see.' },
      ],
    }) +
      hello +
      ended,
    thought,
  ),
  streamCase(
    'reasoning-twice',
    'the same words under two names count once',
    added({
      reasoning: 'Let me see.',
      reasoning_content: 'Let me see.',
      reasoning_details: [{ text: 'Let me see.' }],
    }) +
      hello +
      ended,
    thought,
  ),
  streamCase(
    'reasoning-beside-text',
    'the last thought and the first text in one delta',
    added({ reasoning_content: 'Let me see.', content: 'Hello, ' }) + text('world.') + ended,
    thought,
  ),
  streamCase(
    'reasoning-parts',
    'thinking parts (Mistral)',
    added({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Let me see.' }] }] }) +
      added({ content: [{ type: 'text', text: helloText }] }) +
      ended,
    thought,
  ),
  streamCase(
    'reasoning-part-text',
    'thinking and text parts in one delta',
    added({
      content: [
        { type: 'thinking', thinking: 'Let me see.' },
        { type: 'text', text: helloText },
      ],
    }) + ended,
    thought,
  ),
  streamCase(
    'reasoning-null',
    '`reasoning: null` and empty text',
    added({ reasoning: null, reasoning_content: '' }) + hello + ended,
    complete,
  ),
  streamCase('reasoning-only', 'thinking and no answer', added({ reasoning: 'Let me see.' }) + ended, {
    ...thought,
    text: '',
    ending: 'empty',
  }),
  streamCase('reasoning-cut', 'the bytes end while it thinks', added({ reasoning: 'Let me see.' }), {
    ...thought,
    text: '',
    ending: 'cut',
  }),
  streamCase('think-inline', 'inline `<think>`', text('<think>Let me see.</think>') + hello + ended, thought),
  streamCase(
    'think-in-pieces',
    'the tags in single characters',
    inPieces('<think>Let me see.</think>Hello, world.') + ended,
    thought,
  ),
  streamCase(
    'think-after-blank',
    'line ends before the tag',
    text('\n\n<think>Let me see.</think>') + hello + ended,
    thought,
  ),
  streamCase(
    'think-lines',
    'line ends inside and behind belong to what they are in',
    text('<think>\nLet me see.\n</think>\n\nHi') + ended,
    { text: '\n\nHi', thinking: '\nLet me see.\n', ending: 'complete' },
  ),
  streamCase('think-open', 'a thought that is never closed', text('<think>Let me ') + text('see.') + ended, {
    ...thought,
    text: '',
    ending: 'empty',
  }),
  streamCase('think-open-cut', 'the bytes end inside the closing tag', text('<think>Let me see.</thi'), {
    text: '',
    thinking: 'Let me see.</thi',
    ending: 'cut',
  }),
  streamCase('think-almost', 'what only starts like the tag is text, also at the end', text('<thi') + finish('stop'), {
    text: '<thi',
    ending: 'complete',
  }),
  streamCase('think-almost-cut', 'what is held back is not lost when the bytes end', text('<think'), {
    text: '<think',
    ending: 'cut',
  }),
  streamCase('think-almost-error', 'nor when an error comes', text('<thin') + event({ error: { message: 'Boom' } }), {
    text: '<thin',
    ending: 'error',
    failureKind: 'server',
    says: 'Boom',
  }),
  streamCase('think-later', 'the same tag further on is text', text('Use <think>x</think> tags.') + ended, {
    text: 'Use <think>x</think> tags.',
    ending: 'complete',
  }),
  streamCase(
    'think-twice',
    'a second thought behind the answer is text',
    text('<think>Let me see.</think>Hello, world.<think>x</think>') + ended,
    { ...thought, text: `${helloText}<think>x</think>` },
  ),
  streamCase('think-empty', 'an empty thought', text('<think></think>') + hello + ended, complete),
  streamCase('think-angle', 'text that starts with an angle bracket', text('<') + text('b>Hi') + ended, {
    text: '<b>Hi',
    ending: 'complete',
  }),
  streamCase(
    'usage-last',
    'usage in the last frame, behind the finish',
    hello + finish('stop') + event({ choices: [], usage: counts }) + done,
    counted,
  ),
  streamCase(
    'usage-with-finish',
    'usage in the frame of the finish',
    hello + finish('stop', { usage: counts }) + done,
    counted,
  ),
  streamCase(
    'usage-growing',
    'usage on each chunk: the last counts',
    added({ content: 'Hello, ' }, { usage: { prompt_tokens: 7, completion_tokens: 1 } }) +
      added({ content: 'world.' }, { usage: counts }) +
      ended,
    counted,
  ),
  streamCase(
    'usage-null',
    '`usage: null` on the others',
    added({ content: helloText }, { usage: null }) +
      finish('stop', { usage: null }) +
      event({ choices: [], usage: counts }) +
      done,
    counted,
  ),
  streamCase(
    'usage-groq',
    '`x_groq.usage`',
    hello + finish('stop', { x_groq: { id: 'r', usage: counts } }) + done,
    counted,
  ),
  streamCase(
    'usage-other-names',
    '`input_tokens` and `output_tokens`',
    hello + finish('stop', { usage: { input_tokens: 7, output_tokens: 5 } }) + done,
    counted,
  ),
  streamCase(
    'usage-reasoning',
    'tokens of the thinking',
    hello + finish('stop', { usage: { ...counts, completion_tokens_details: { reasoning_tokens: 3 } } }) + done,
    { ...complete, usage: { ...usage, reasoningTokens: 3 } },
  ),
  streamCase(
    'usage-nonsense',
    'counts that are none',
    hello + finish('stop', { usage: { prompt_tokens: -1, completion_tokens: '5', total_tokens: null } }) + done,
    complete,
  ),
  streamCase(
    'usage-without-choices',
    'usage in a frame without `choices`',
    hello + finish('stop') + event({ usage: counts }) + done,
    counted,
  ),
  streamCase('usage-cut', 'usage known, end missing', added({ content: helloText }, { usage: counts }), {
    text: helloText,
    ending: 'cut',
    usage,
  }),
  streamCase(
    'usage-only',
    'a well-formed reply without a word',
    added({ role: 'assistant', content: '' }) +
      finish('stop') +
      event({ choices: [], usage: { prompt_tokens: 7, completion_tokens: 0 } }) +
      done,
    { text: '', ending: 'empty', usage: { inputTokens: 7, outputTokens: 0 } },
  ),
  streamCase('blank-answer', 'an answer of blanks only', text(' \n') + ended, { text: ' \n', ending: 'empty' }),
  streamCase('empty-done', 'the sentinel alone', done, { text: '', ending: 'empty' }),
  streamCase('empty-finish', 'a finish alone', finish('stop'), { text: '', ending: 'empty' }),
];
