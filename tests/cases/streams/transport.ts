import {
  complete,
  cut,
  done,
  ended,
  event,
  finish,
  hello,
  helloText,
  plainCase,
  streamCase,
  text,
  wholeReply,
  type BodyPiece,
  type StreamCase,
  type StreamOutcome,
} from '../stream-case.ts';

const stopped: StreamOutcome = { text: '', ending: 'stopped' };
const network: StreamOutcome = { text: '', ending: 'error', failureKind: 'network' };
const tooMuch: StreamOutcome = { text: helloText, ending: 'error', failureKind: 'too-much-data' };
const reset = { end: 'reset' } as const;
const hang = { end: 'hang' } as const;
const counts = event({ choices: [], usage: { prompt_tokens: 7, completion_tokens: 5 } });
const mebi = 1024 * 1024;
const json = JSON.stringify(wholeReply({ content: helloText }));
const x = (times: number): BodyPiece => ({ text: 'x', times });
const [beforeText = '', afterText = ''] = text('|').split('|');

/** What connections do, and limits of size. */
export const transport: readonly StreamCase[] = [
  streamCase('reset-at-once', 'reset before the first byte', '', network, reset),
  streamCase('reset-after-comment', 'reset after a comment', ': hi\n\n', network, reset),
  streamCase('reset-mid-answer', 'reset in mid-stream', hello, cut, reset),
  streamCase('reset-in-event', 'reset inside an event', hello + text('lost').slice(0, 40), cut, reset),
  streamCase(
    'reset-in-character',
    'reset inside a character',
    [hello + text('é').split('é')[0], Uint8Array.of(0xc3)],
    cut,
    reset,
  ),
  streamCase(
    'reset-before-blank-line',
    'reset before the blank line of a whole event',
    text('Hello, ') + text('world.').trimEnd(),
    cut,
    reset,
  ),
  streamCase('reset-after-finish', 'reset after the finish', hello + finish('stop'), complete, reset),
  streamCase('reset-after-done', 'reset after the sentinel', hello + ended, complete, reset),
  streamCase(
    'reset-after-error',
    'reset after an error frame',
    hello + event({ error: { message: 'Boom', code: 500 } }),
    { text: helloText, ending: 'error', failureKind: 'server', says: 'Boom' },
    reset,
  ),
  streamCase(
    'reset-while-thinking',
    'reset while it thinks',
    text('<think>Let me see.'),
    { text: '', thinking: 'Let me see.', ending: 'cut' },
    reset,
  ),
  streamCase(
    'reset-in-held-text',
    'text that is held back is not lost at a reset',
    text('<thi'),
    { text: '<thi', ending: 'cut' },
    reset,
  ),
  plainCase('reset-in-json', 'reset inside one JSON reply', json.slice(0, 60), network, reset),
  plainCase('reset-after-json', 'reset behind a whole JSON reply', json, complete, reset),
  plainCase('reset-in-ndjson', 'reset between lines of JSON', hello.replaceAll('data: ', ''), cut, reset),
  plainCase(
    'reset-in-page',
    'reset inside a web page',
    '<!doctype html><html><head>',
    { text: '', ending: 'error', failureKind: 'not-an-api' },
    reset,
  ),
  streamCase('silence-before-headers', 'silence before headers: waits, with seconds and Stop', '', stopped, {
    end: 'no-headers',
  }),
  streamCase('silence-after-headers', 'silence after the headers', '', stopped, hang),
  streamCase('silence-after-comment', 'endless comments before the first event', ': hi\n\n', stopped, {
    ...hang,
    whileOpen: ': keep-alive\n\n',
  }),
  streamCase(
    'silence-after-role',
    'no limit for the first of the answer: the role alone is not the middle of it',
    event({ choices: [{ delta: { role: 'assistant', content: '' } }] }),
    stopped,
    hang,
  ),
  streamCase('silence-after-text', 'silence after text', hello, cut, hang),
  streamCase(
    'silence-after-thinking',
    'silence after a thought',
    text('<think>Let me see.'),
    { text: '', thinking: 'Let me see.', ending: 'cut' },
    hang,
  ),
  streamCase('silence-in-event', 'silence inside an event', hello + text('lost').slice(0, 40), cut, hang),
  streamCase('silence-with-comments', 'comments are no progress', hello, cut, { ...hang, whileOpen: ': ping\n\n' }),
  streamCase('silence-with-empty-data', 'empty data is no progress', hello, cut, { ...hang, whileOpen: 'data:\n\n' }),
  streamCase('silence-in-comment', 'bytes of a line without end are no progress', `${hello}: `, cut, {
    ...hang,
    whileOpen: 'x',
  }),
  plainCase('silence-in-json', 'silence inside one JSON reply', json.slice(0, 60), { text: '', ending: 'cut' }, hang),
  streamCase('open-after-done', 'complete within 1 s though the socket stays open', hello + ended, complete, hang),
  streamCase('open-after-finish', 'the same after a finish alone', hello + finish('stop'), complete, hang),
  streamCase('open-after-finish-pings', 'the same with pings', hello + finish('stop'), complete, {
    ...hang,
    whileOpen: ': ping\n\n',
  }),
  streamCase('open-after-finish-text', 'the same with more text, which is ignored', hello + finish('stop'), complete, {
    ...hang,
    whileOpen: text('more'),
  }),
  streamCase(
    'open-after-usage',
    'the same after finish and usage',
    hello + finish('stop') + counts,
    { ...complete, usage: { inputTokens: 7, outputTokens: 5 } },
    hang,
  ),
  streamCase(
    'open-after-error',
    'the same after an error frame',
    hello + event({ error: 'Boom' }),
    { text: helloText, ending: 'error', failureKind: 'server', says: 'Boom' },
    hang,
  ),
  streamCase(
    'open-after-event-finish',
    'the finish without its blank line, and the socket stays open',
    hello + finish('stop').replace('\n\n', '\n') + done,
    complete,
    hang,
  ),
  streamCase('gzip', 'gzip', hello + ended, complete, { transfer: 'gzip' }),
  plainCase('gzip-json', 'gzip of one JSON reply', json, complete, { transfer: 'gzip' }),
  streamCase('trailers', 'chunked trailers', hello + ended, complete, { transfer: 'trailers' }),
  streamCase('short', 'short content-length: fewer bytes than said', hello, cut, { transfer: 'short', end: 'reset' }),
  streamCase('short-complete', 'the same after the sentinel', hello + ended, complete, {
    transfer: 'short',
    end: 'reset',
  }),
  streamCase('long-line', 'a line over 16 MB', [`${hello}data: `, x(17 * mebi)], tooMuch, { isLarge: true }),
  streamCase('long-comment', 'a comment over 16 MB', [`${hello}: `, x(17 * mebi), `\n\n${ended}`], tooMuch, {
    isLarge: true,
  }),
  streamCase(
    'long-event',
    'an event over 16 MB in many lines',
    [hello, { text: `data: ${'x'.repeat(1000)}\n`, times: 17_000 }],
    tooMuch,
    { isLarge: true },
  ),
  streamCase(
    'long-line-first',
    'a line over 16 MB before any text',
    ['data: ', x(17 * mebi)],
    { ...tooMuch, text: '' },
    { isLarge: true },
  ),
  streamCase(
    'long-line-held-text',
    'text that is held back is kept',
    [`${text('<thi')}data: `, x(17 * mebi)],
    { ...tooMuch, text: '<thi' },
    { isLarge: true },
  ),
  streamCase(
    'long-json',
    'one JSON reply over 16 MB',
    ['{"choices":[{"message":{"content":"', x(17 * mebi), '"}}]}'],
    { ...tooMuch, text: '' },
    { isLarge: true },
  ),
  streamCase(
    'long-delta',
    'a 1 MB delta',
    [beforeText, x(mebi), afterText, ended],
    { text: 'x'.repeat(mebi), ending: 'complete' },
    { isLarge: true },
  ),
  streamCase(
    'many-deltas',
    '20,000 tiny deltas',
    [{ text: text('ab'), times: 20_000 }, ended],
    { text: 'ab'.repeat(20_000), ending: 'complete' },
    { isLarge: true },
  ),
  streamCase('many-comments', '20,000 comments', [hello, { text: ': ping\n\n', times: 20_000 }, ended], complete, {
    isLarge: true,
  }),
];
