import { describe, expect, test } from 'vitest';
import { readBody, readHeaders, writeBody, writeHeaders } from './extra-fields';

describe('headers', () => {
  test.each([
    ['nothing', ' \n', {}],
    [
      'lines',
      'X-Team: demo\n\n  X-Url :  http://a/b  \nX-Empty:',
      { 'X-Team': 'demo', 'X-Url': 'http://a/b', 'X-Empty': '' },
    ],
    ['a JSON object', '{"X-Team": "demo"}', { 'X-Team': 'demo' }],
  ])('are read from %s', (_what, text, value) => {
    expect(readHeaders(text)).toEqual({ ok: true, value });
  });

  test.each([
    ['a line without a colon', 'X-Good: yes\nno header', 'headersInvalid', { line: 2 }],
    ['a name that can not be one', 'bad name: x', 'headersInvalid', { line: 1 }],
    ['a value that can not be sent', 'X-Name: Ава', 'headersInvalid', { line: 1 }],
    ['broken JSON', '{"X-A": "1",\n}', 'bodyInvalidAt', { line: 2, column: 1 }],
    ['a number in JSON', '{"X-A": 1}', 'headersNotText', { name: 'X-A' }],
    ['a line break in JSON', '{"X-A": "1\\nX-B: 2"}', 'headersNotText', { name: 'X-A' }],
  ])('are refused with the place of %s', (_what, text, message, values) => {
    expect(readHeaders(text)).toEqual({ ok: false, message, values });
  });

  test('are written as they are read', () => {
    const headers = { 'X-Team': 'demo', 'X-Url': 'http://a/b' };
    expect(readHeaders(writeHeaders(headers))).toEqual({ ok: true, value: headers });
  });
});

describe('body fields', () => {
  test.each([
    ['', {}],
    ['{"a": {"b": [1]}}', { a: { b: [1] } }],
  ])('are read from %j', (text, value) => {
    expect(readBody(text)).toEqual({ ok: true, value });
  });

  test.each([
    ['{"seed": }', 'bodyInvalidAt', { line: 1, column: 10 }],
    ['[1]', 'bodyInvalid', {}],
    ['null', 'bodyInvalid', {}],
    ['7', 'bodyInvalid', {}],
  ])('are refused where they are none: %s', (text, message, values) => {
    expect(readBody(text)).toEqual({ ok: false, message, values });
  });

  test('are written as they are read, and nothing is nothing', () => {
    expect(readBody(writeBody({ a: { b: 1 } }))).toEqual({ ok: true, value: { a: { b: 1 } } });
    expect(writeBody({})).toBe('');
  });
});
