import {
  added,
  chunk,
  complete,
  cut,
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

const encode = (words: string): Uint8Array => new TextEncoder().encode(words);
const lines = (body: string, end: string): string => body.replaceAll('\n', end);
const pretty = (value: unknown): string =>
  `${JSON.stringify(value, null, 2)
    .split('\n')
    .map((line) => `data: ${line}`)
    .join('\n')}\n\n`;
const tight = (body: string): string => body.replaceAll('\n\n', '\n');
/** The event of a text, with raw bytes in the middle of it. */
const around = (...bytes: readonly number[]): readonly (string | Uint8Array)[] => {
  const [before = '', after = ''] = text('a|b').split('|');
  return [before, Uint8Array.from(bytes), after, ended];
};

/** How the bytes of an event stream may come. https://html.spec.whatwg.org/multipage/server-sent-events.html */
export const framing: readonly StreamCase[] = [
  streamCase('data-with-space', '`data:` with the space', hello + ended, complete),
  streamCase(
    'data-without-space',
    '`data:` without the space',
    (hello + ended).replaceAll('data: ', 'data:'),
    complete,
  ),
  streamCase('data-space-mixed', 'with and without the space', hello.replace('data: ', 'data:') + ended, complete),
  streamCase(
    'data-two-spaces',
    'one space is taken off, JSON bears the other',
    hello.replaceAll('data: ', 'data:  ') + ended,
    complete,
  ),
  streamCase('lines-crlf', 'CRLF (Gemini)', lines(hello + ended, '\r\n'), complete),
  streamCase('lines-cr', 'CR', lines(hello + ended, '\r'), complete),
  streamCase(
    'lines-mixed',
    'line ends mixed',
    lines(text('Hello, '), '\r') + lines(text('world.'), '\r\n') + ended,
    complete,
  ),
  streamCase('lines-lf-cr', 'LF CR is two line ends', hello.replace('\n\n', '\n\r') + ended, complete),
  streamCase('bom-first', 'byte order mark first', `\ufeff${hello}${ended}`, complete),
  streamCase(
    'bom-later',
    'a later byte order mark makes its line none of the fields',
    `${hello}\ufeff${text('lost')}${ended}`,
    complete,
  ),
  streamCase('bom-in-text', 'the same character inside the answer is the answer’s', text('a\ufeffb') + ended, {
    text: 'a\ufeffb',
    ending: 'complete',
  }),
  streamCase(
    'json-over-lines',
    'JSON over many data lines',
    pretty(chunk({ index: 0, delta: { content: helloText } })) + ended,
    complete,
  ),
  streamCase(
    'json-over-lines-crlf',
    'the same with CRLF',
    lines(pretty(chunk({ index: 0, delta: { content: helloText } })), '\r\n') + ended,
    complete,
  ),
  streamCase(
    'json-over-lines-nested',
    'data lines that end in `}` or start with `{` inside one value',
    pretty(chunk({ index: 0, delta: { content: helloText }, more: [{ a: {} }, { b: 1 }] })) + ended,
    complete,
  ),
  streamCase('one-newline', 'one newline per event instead of two', tight(hello + ended), complete),
  streamCase('one-newline-crlf', 'the same with CRLF', lines(tight(hello + ended), '\r\n'), complete),
  streamCase(
    'one-newline-no-space',
    'the same without the space',
    tight(hello + ended).replaceAll('data: ', 'data:'),
    complete,
  ),
  streamCase(
    'one-newline-no-done',
    'the same, ended by the finish reason alone',
    tight(hello + finish('stop')),
    complete,
  ),
  streamCase('many-newlines', 'many blank lines between events', lines(hello, '\n\n\n') + ended, complete),
  streamCase('characters-of-all-lengths', 'UTF-8 of one to four bytes', text('aé€😀') + text('한국어 👩‍👩‍👧') + ended, {
    text: 'aé€😀한국어 👩‍👩‍👧',
    ending: 'complete',
  }),
  streamCase(
    'surrogates-over-deltas',
    'surrogate pair cut over two JSON deltas',
    'data: {"choices":[{"delta":{"content":"a\\ud83d"}}]}\n\ndata: {"choices":[{"delta":{"content":"\\ude00b"}}]}\n\n' +
      ended,
    { text: 'a😀b', ending: 'complete' },
  ),
  streamCase(
    'unicode-line-separators',
    'U+2028, U+2029 and NEL are no line ends',
    'data: {"choices":[{"delta":{"content":"a\u2028b\u2029c\u0085d"}}]}\n\n' + ended,
    { text: 'a\u2028b\u2029c\u0085d', ending: 'complete' },
  ),
  streamCase(
    'vt-and-ff',
    'VT and FF are no line ends: the rest of a comment is comment',
    `: a\vdata: x\fdata: y\n${hello}${ended}`,
    complete,
  ),
  streamCase('invalid-byte', 'invalid UTF-8 becomes U+FFFD for those bytes only', around(0xff), {
    text: 'a\ufffdb',
    ending: 'complete',
  }),
  streamCase('torn-character', 'a character that breaks off', around(0xe2, 0x82), {
    text: 'a\ufffdb',
    ending: 'complete',
  }),
  streamCase('overlong-character', 'an overlong form', around(0xc0, 0xaf), {
    text: 'a\ufffd\ufffdb',
    ending: 'complete',
  }),
  streamCase('surrogate-as-utf8', 'a surrogate written as UTF-8', around(0xed, 0xa0, 0x80), {
    text: 'a\ufffd\ufffd\ufffdb',
    ending: 'complete',
  }),
  streamCase(
    'comments-first',
    'comments before the first event',
    `: OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\n${hello}${ended}`,
    complete,
  ),
  streamCase(
    'comments-between',
    '`: keep-alive` and `: ping` between events',
    `${text('Hello, ')}: keep-alive\n\n:\n\n: ping - 2026-01-01 00:00:00\n\n${text('world.')}${ended}`,
    complete,
  ),
  streamCase(
    'comment-inside-event',
    'a comment inside an event',
    `: a\n${text('Hello, ').replace('\n\n', '\n: b\n\n')}${text('world.')}${ended}`,
    complete,
  ),
  streamCase(
    'comment-inside-json',
    'a comment between the data lines of one value',
    `data: {"choices":[{"delta":\n: ping\ndata: {"content":"${helloText}"}}]}\n\n${ended}`,
    complete,
  ),
  streamCase('empty-data', 'empty `data:` events', `data:\n\ndata: \n\n${hello}data:\n\n${ended}`, complete),
  streamCase('data-without-colon', '`data` without a colon is empty data', `data\n\n${hello}${ended}`, complete),
  streamCase(
    'event-id-retry',
    '`event:`, `id:` and `retry:` are there, and no second request because of them',
    `retry: 10\n\nid: 1\nevent: message\n${text('Hello, ')}id: 2\nretry: 1\n${text('world.')}${ended}`,
    complete,
  ),
  streamCase(
    'event-names',
    'event names of its own, each with the usual chunk',
    `event: completion\n${text('Hello, ')}event: chunk\n${text('world.')}event: done\n${ended}`,
    complete,
  ),
  streamCase('id-with-null', 'an id with a null character is ignored', `id: a\0b\n${hello}${ended}`, complete),
  streamCase(
    'unknown-fields',
    'unknown fields, other case, a space before',
    `foo: bar\nData: x\n data: y\ndata : z\n${hello}${ended}`,
    complete,
  ),
  streamCase('field-without-value', 'a line of no field', `nonsense\n${hello}${ended}`, complete),
  streamCase(
    'last-event-open',
    'last event without a blank line: complete JSON is kept',
    hello + finish('stop').trimEnd(),
    complete,
  ),
  streamCase(
    'last-event-open-line-end',
    'the same with its line end',
    hello + finish('stop').replace('\n\n', '\n'),
    complete,
  ),
  streamCase(
    'last-event-open-text',
    'the same where the last event is text',
    text('Hello, ') + text('world.').trimEnd(),
    cut,
  ),
  streamCase('last-event-open-done', 'the sentinel without a line end', hello + done.trimEnd(), complete),
  streamCase('last-event-torn', 'a last event that is torn counts as not sent', hello + text('lost').slice(0, 60), cut),
  streamCase(
    'last-event-torn-after-finish',
    'torn bytes after the finish do not matter',
    `${hello}${finish('stop')}data: {"usage":{"pro`,
    complete,
  ),
  streamCase(
    'last-character-torn',
    'the bytes end inside a character',
    [hello, encode(text('é')).subarray(0, -20)],
    cut,
  ),
  streamCase(
    'ndjson',
    'chunks as lines of JSON, no fields',
    (hello + finish('stop')).replaceAll('data: ', '').replaceAll('\n\n', '\n'),
    complete,
    { headers: { 'content-type': 'application/x-ndjson' } },
  ),
  streamCase(
    'ndjson-after-comment',
    'the same behind a comment',
    `: hi\n\n${(hello + finish('stop')).replaceAll('data: ', '')}`,
    complete,
  ),
  streamCase('blank-lines-first', 'blank lines before the stream', `\n\r\n\n${hello}${ended}`, complete),
  streamCase(
    'trailing-blanks',
    'spaces behind the JSON',
    (hello + finish('stop')).replaceAll('}\n\n', '} \t\n\n'),
    complete,
  ),
  streamCase('colons-in-text', 'only the first colon ends the field', text('data: a: b\\') + ended, {
    text: 'data: a: b\\',
    ending: 'complete',
  }),
  streamCase('line-ends-in-text', 'line ends of the answer, as JSON writes them', text('a\nb\r\nc\rd\n\n') + ended, {
    text: 'a\nb\r\nc\rd\n\n',
    ending: 'complete',
  }),
  streamCase(
    'escapes',
    'escaped characters in JSON',
    'data: {"choices":[{"delta":{"content":"\\u0041\\/\\t\\u00e9\\\\n"}}]}\n\n' + ended,
    { text: 'A/\té\\n', ending: 'complete' },
  ),
  streamCase('null-character-in-text', 'control characters in the answer stay', text('a\u0001b') + ended, {
    text: 'a\u0001b',
    ending: 'complete',
  }),
  streamCase(
    'role-with-text',
    'role and text in one delta',
    added({ role: 'assistant', content: helloText }) + event(chunk({ delta: {}, finish_reason: 'stop' })),
    complete,
  ),
];
