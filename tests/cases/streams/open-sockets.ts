import {
  complete,
  cut,
  ended,
  event,
  finish,
  hello,
  helloText,
  plainCase,
  streamCase,
  wholeReply,
  type StreamCase,
} from '../stream-case.ts';

const hang = { end: 'hang' } as const;
const reply = wholeReply({ content: helloText });
const noFinish = wholeReply({ content: helloText }, null);
const lines = (stream: string): string => stream.replaceAll('data: ', '').replaceAll('\n\n', '\n');
const boom = { text: '', ending: 'error', failureKind: 'server', says: 'Boom' } as const;

/** What is whole ends within a second though the socket stays open, and what only pings falls silent. */
export const openSockets: readonly StreamCase[] = [
  plainCase('open-json', 'one JSON reply', JSON.stringify(reply), complete, hang),
  plainCase('open-json-line', 'the same with its line end', `${JSON.stringify(reply)}\n`, complete, hang),
  plainCase('open-json-pretty', 'the same over many lines', `${JSON.stringify(reply, null, 2)}\n`, complete, hang),
  plainCase('open-json-no-finish', 'the same without a finish', `${JSON.stringify(noFinish)}\n`, complete, hang),
  plainCase('open-json-no-line-end', 'neither finish nor line end', JSON.stringify(noFinish), complete, hang),
  plainCase('open-json-list', 'one list', `[${JSON.stringify(reply)}]`, complete, hang),
  plainCase('open-json-lines', 'JSON by lines, with a finish', lines(hello + finish('stop')), complete, hang),
  plainCase('open-json-lines-cut', 'JSON by lines, without one: silence', lines(hello), cut, hang),
  plainCase('open-json-error', 'a 200 error', '{"error":{"message":"Boom"}}', boom, hang),
  plainCase(
    'open-json-error-pretty',
    'the same over many lines',
    '{\n"error": {\n"message":"Boom"\n}\n}\n',
    boom,
    hang,
  ),
  plainCase(
    'open-json-other',
    'some other JSON',
    '{"status":"ok"}\n',
    { text: '', ending: 'error', failureKind: 'not-an-api' },
    hang,
  ),
  plainCase(
    'json-lines-torn',
    'a broken line in the middle: some text may be missing',
    lines(hello).replace('\n', '\n{"choices":[{"del\n') + lines(finish('stop')),
    cut,
  ),
  streamCase('silence-with-pings', 'pings are no progress', hello, cut, {
    ...hang,
    whileOpen: event({ type: 'ping' }),
  }),
  streamCase('silence-with-named-pings', 'nor are events named so', hello, cut, {
    ...hang,
    whileOpen: 'event: ping\ndata: {}\n\n',
  }),
  streamCase('silence-with-words', 'nor is data of another kind', hello, cut, {
    ...hang,
    whileOpen: 'data: still here\n\n',
  }),
  streamCase('pings-then-end', 'pings between the text', hello + event({ type: 'ping' }).repeat(20) + ended, complete),
  streamCase(
    'open-last-line',
    'the last event without any line end, then silence',
    hello + finish('stop').trimEnd(),
    complete,
    hang,
  ),
];
