import {
  added,
  askedModel,
  chunk,
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

const bare = (choice: unknown): string => event({ choices: [choice] });
const call = { index: 0, id: 'call_1', type: 'function', function: { name: 'search', arguments: '' } };
const callMore = { index: 0, function: { arguments: '{"q":1}' } };

/** What a chunk may look like. */
export const chunkShapes: readonly StreamCase[] = [
  streamCase('role-first', 'role-only first delta', added({ role: 'assistant' }) + hello + ended, complete),
  streamCase(
    'role-with-empty-text',
    'role and empty content first',
    added({ role: 'assistant', content: '', refusal: null }) + hello + ended,
    complete,
  ),
  streamCase(
    'null-content',
    'null content',
    added({ role: 'assistant', content: null }) + hello + added({ content: null }) + ended,
    complete,
  ),
  streamCase(
    'azure-filter-first',
    '`choices: []` first (Azure filter)',
    event({ choices: [], model: '', object: '', prompt_filter_results: [{ prompt_index: 0 }] }) + hello + ended,
    complete,
  ),
  streamCase(
    'azure-filter-last',
    'Azure’s filter results behind the finish',
    hello +
      finish('stop') +
      bare({
        index: 0,
        finish_reason: null,
        content_filter_offsets: { start_offset: 1 },
        content_filter_results: { hate: { filtered: false } },
      }) +
      done,
    complete,
  ),
  streamCase(
    'azure-filter-error',
    'an error of Azure’s filter beside the text is no error of the reply',
    bare({
      index: 0,
      delta: { content: helloText },
      content_filter_result: { error: { code: 'content_filter_error', message: 'The contents are not filtered' } },
    }) + ended,
    complete,
  ),
  streamCase(
    'no-delta',
    'choice without `delta`',
    bare({ index: 0, finish_reason: null }) + hello + bare({ index: 0, finish_reason: 'stop' }),
    complete,
  ),
  streamCase(
    'null-delta',
    '`delta: null`',
    bare({ index: 0, delta: null }) + hello + bare({ delta: null, finish_reason: 'stop' }),
    complete,
  ),
  streamCase(
    'no-choices',
    'a chunk without `choices`',
    event({ id: 'x', object: 'chat.completion.chunk' }) + hello + ended,
    complete,
  ),
  streamCase('null-choices', '`choices: null`', event({ choices: null }) + hello + ended, complete),
  streamCase(
    'odd-choices',
    'choices that are no objects',
    event({ choices: [null] }) + event({ choices: [1, 'x'] }) + event({ choices: {} }) + hello + ended,
    complete,
  ),
  streamCase(
    'no-index',
    'choices without an index',
    bare({ delta: { content: helloText } }) + bare({ delta: {}, finish_reason: 'stop' }),
    complete,
  ),
  streamCase(
    'text-parts',
    'content as an array of parts',
    added({
      content: [
        { type: 'text', text: 'Hello, ' },
        { type: 'text', text: 'world.' },
      ],
    }) + ended,
    complete,
  ),
  streamCase(
    'parts-then-text',
    'parts first and plain text later (Mistral)',
    added({ content: [{ type: 'text', text: 'Hello, ' }] }) + text('world.') + ended,
    complete,
  ),
  streamCase(
    'part-alone',
    'content as one part, without an array',
    added({ content: { type: 'text', text: helloText } }) + ended,
    complete,
  ),
  streamCase('string-parts', 'an array of plain text', added({ content: ['Hello, ', 'world.'] }) + ended, complete),
  streamCase(
    'foreign-parts',
    'parts that are no text are left out',
    added({
      content: [
        { type: 'image_url', image_url: { url: 'x' } },
        { type: 'text', text: helloText },
        null,
        { type: 'reference', reference_ids: [1] },
      ],
    }) + ended,
    complete,
  ),
  streamCase(
    'completion-text',
    '`text` of the older completions, one piece per chunk',
    bare({ index: 0, text: 'Hello, ' }) + bare({ index: 0, text: 'world.', finish_reason: 'stop' }),
    complete,
  ),
  streamCase(
    'whole-message-last',
    'the whole answer again in the last frame counts once',
    hello + bare({ index: 0, message: { role: 'assistant', content: helloText }, finish_reason: 'stop' }),
    complete,
  ),
  streamCase(
    'delta-and-message',
    'delta and the text so far in one chunk (Perplexity)',
    bare({ index: 0, delta: { content: 'Hello, ' }, message: { content: 'Hello, ' } }) +
      bare({ index: 0, delta: { content: 'world.' }, message: { content: helloText }, finish_reason: 'stop' }),
    complete,
  ),
  streamCase(
    'message-alone',
    'one frame with the whole message',
    bare({ index: 0, message: { role: 'assistant', content: helloText }, finish_reason: 'stop' }) + done,
    complete,
  ),
  streamCase(
    'tool-calls',
    'tool calls nobody asked for',
    added({ tool_calls: [call] }) + added({ tool_calls: [callMore] }) + finish('tool_calls') + done,
    { text: '', ending: 'tool-calls' },
  ),
  streamCase(
    'tool-calls-after-text',
    'text first, then tool calls',
    hello + added({ tool_calls: [call] }) + finish('tool_calls') + done,
    { text: helloText, ending: 'tool-calls' },
  ),
  streamCase(
    'tool-calls-then-stop',
    'tool calls and a finish that says `stop`',
    hello + added({ tool_calls: [call] }) + ended,
    { text: helloText, ending: 'tool-calls' },
  ),
  streamCase('tool-calls-then-done', 'tool calls and the sentinel alone', added({ tool_calls: [call] }) + done, {
    text: '',
    ending: 'tool-calls',
  }),
  streamCase('tool-calls-cut', 'tool calls and no end', hello + added({ tool_calls: [call] }), {
    text: helloText,
    ending: 'cut',
  }),
  streamCase(
    'tool-calls-empty',
    'empty lists of tool calls are none',
    added({ content: helloText, tool_calls: [] }) + ended,
    complete,
  ),
  streamCase(
    'tool-calls-null',
    '`tool_calls: null`',
    added({ content: helloText, tool_calls: null, function_call: null }) + ended,
    complete,
  ),
  streamCase(
    'function-call',
    'the older `function_call`',
    added({ function_call: { name: 'search', arguments: '{}' } }) + finish('function_call') + done,
    { text: '', ending: 'tool-calls' },
  ),
  streamCase(
    'pings',
    'foreign `ping` objects',
    event({ type: 'ping' }) + text('Hello, ') + event({ type: 'ping' }) + text('world.') + ended,
    complete,
  ),
  streamCase(
    'ping-events',
    'events named `ping`',
    `event: ping\ndata: {}\n\n${text('Hello, ')}event: ping\ndata: {"cost":"0.1"}\n\n${text('world.')}${ended}`,
    complete,
  ),
  streamCase(
    'second-choice',
    'a second choice',
    text('Hello, ') +
      bare({ index: 1, delta: { content: 'other' } }) +
      text('world.') +
      bare({ index: 1, delta: {}, finish_reason: 'length' }) +
      ended,
    complete,
  ),
  streamCase(
    'two-choices-in-one',
    'two choices in one chunk, ours second',
    event({
      choices: [
        { index: 1, delta: { content: 'no' } },
        { index: 0, delta: { content: helloText } },
      ],
    }) + ended,
    complete,
  ),
  streamCase(
    'proto',
    '`__proto__` and `constructor` as names',
    'data: {"__proto__":{"choices":[{"delta":{"content":"x"}}]},"constructor":1}\n\ndata: {"choices":[{"delta":{"__proto__":{"content":"y"}}}]}\n\n' +
      hello +
      ended,
    complete,
  ),
  streamCase(
    'odd-values',
    'numbers, null, arrays, text and booleans as chunks',
    ['1', 'null', '[]', '[1]', '"x"', 'true', '{}'].map((value) => `data: ${value}\n\n`).join('') + hello + ended,
    complete,
  ),
  streamCase(
    'wrong-types',
    'fields of wrong types',
    event({
      model: 1,
      usage: 'x',
      choices: [{ index: 0, delta: { content: 5, reasoning: 7, refusal: {} }, finish_reason: 3 }],
    }) +
      hello +
      ended,
    complete,
  ),
  streamCase(
    'finish-empty',
    '`finish_reason: ""` on each chunk',
    bare({ index: 0, delta: { content: 'Hello, ' }, finish_reason: '' }) +
      bare({ index: 0, delta: { content: 'world.' }, finish_reason: '' }) +
      bare({ delta: { content: '' }, finish_reason: 'stop' }),
    complete,
  ),
  streamCase(
    'finish-null-text',
    '`finish_reason: "null"` on each chunk',
    bare({ index: 0, delta: { content: 'Hello, ' }, finish_reason: 'null' }) +
      bare({ index: 0, delta: { content: 'world.' }, finish_reason: 'null' }) +
      ended,
    complete,
  ),
  streamCase(
    'finish-null-text-only',
    'the same and no other end',
    bare({ index: 0, delta: { content: helloText }, finish_reason: 'null' }),
    { text: helloText, ending: 'cut' },
  ),
  streamCase(
    'finish-with-text',
    'the finish in the chunk of the last text',
    text('Hello, ') + bare({ index: 0, delta: { content: 'world.' }, finish_reason: 'stop' }) + done,
    complete,
  ),
  streamCase('finish-eos', 'an unknown reason (`eos`)', hello + finish('eos') + done, complete),
  streamCase('finish-end-turn', 'the reason of another vendor (`end_turn`)', hello + finish('end_turn'), complete),
  streamCase('finish-upper-case', '`STOP`', hello + finish('STOP'), complete),
  streamCase('finish-length', 'token limit', hello + finish('length') + done, { text: helloText, ending: 'length' }),
  streamCase('finish-max-tokens', '`MAX_TOKENS`', hello + finish('MAX_TOKENS') + done, {
    text: helloText,
    ending: 'length',
  }),
  streamCase(
    'finish-length-no-text',
    'token limit used up by thinking',
    added({ reasoning_content: 'Hm.' }) + finish('length') + done,
    { text: '', thinking: 'Hm.', ending: 'length' },
  ),
  streamCase('finish-filter', 'the provider’s filter', hello + finish('content_filter') + done, {
    text: helloText,
    ending: 'filtered',
  }),
  streamCase(
    'finish-filter-no-text',
    'the filter before any text',
    added({ role: 'assistant' }) + finish('content_filter') + done,
    { text: '', ending: 'filtered' },
  ),
  streamCase('finish-safety', '`SAFETY` (Gemini)', hello + finish('SAFETY'), { text: helloText, ending: 'filtered' }),
  streamCase('finish-recitation', '`RECITATION` (Gemini)', hello + finish('RECITATION'), {
    text: helloText,
    ending: 'filtered',
  }),
  streamCase(
    'finish-gemini-compat-filter',
    '`content_filter: SAFETY` (Gemini behind the OpenAI wire)',
    hello + finish('content_filter: SAFETY'),
    { text: helloText, ending: 'filtered' },
  ),
  streamCase('finish-refusal', 'the model declined', hello + finish('refusal'), { text: helloText, ending: 'refused' }),
  streamCase(
    'refusal-delta',
    'words for declining as `refusal`',
    added({ refusal: 'I can’t ' }) + added({ refusal: 'do that.' }) + ended,
    { text: 'I can’t do that.', ending: 'refused' },
  ),
  streamCase('finish-abort', 'the server broke off (`abort`)', hello + finish('abort') + done, {
    text: helloText,
    ending: 'cut',
  }),
  streamCase('finish-error', '`finish_reason: error`', hello + finish('error') + done, {
    text: helloText,
    ending: 'error',
    failureKind: 'server',
  }),
  streamCase(
    'finish-busy',
    '`insufficient_system_resource` (DeepSeek)',
    hello + finish('insufficient_system_resource') + done,
    { text: helloText, ending: 'error', failureKind: 'overloaded' },
  ),
  streamCase(
    'native-network-error',
    '`native_finish_reason: network_error` behind a benign finish',
    hello +
      bare({ index: 0, delta: { content: '' }, finish_reason: 'stop', native_finish_reason: 'network_error' }) +
      done,
    { text: helloText, ending: 'error', failureKind: 'server' },
  ),
  streamCase(
    'native-benign',
    'native reasons that mean success',
    hello + bare({ index: 0, delta: {}, finish_reason: 'stop', native_finish_reason: 'completed' }) + done,
    complete,
  ),
  streamCase(
    'text-after-finish',
    'bytes after the finish are ignored',
    hello + finish('stop') + text('more') + done,
    complete,
  ),
  streamCase(
    'model-differs',
    'the real model differs from the one asked for',
    (hello + ended).replaceAll(`"model":"${askedModel}"`, '"model":"vendor/real-1"'),
    { ...complete, servedBy: 'vendor/real-1' },
  ),
  streamCase(
    'model-and-provider',
    'model and provider named by a gateway (g4f, OpenRouter)',
    event(chunk({ index: 0, delta: { content: helloText } }, { model: 'real-2', provider: 'Yqcloud' })) +
      finish('stop', { model: 'real-2' }) +
      done,
    { ...complete, servedBy: 'real-2' },
  ),
  streamCase(
    'model-empty',
    'an empty model name says nothing',
    hello.replaceAll(`"model":"${askedModel}"`, '"model":""') + ended,
    complete,
  ),
  streamCase(
    'model-in-ping',
    'a model named by what is no chunk',
    event({ type: 'ping', model: 'other' }) + hello + ended,
    complete,
  ),
];
