import { describe, expect, test } from 'vitest';
import { redactAddress, redactBody, redactForeign, redactHeader, redactText } from './redact';

const key = 'sk-proj/abc+123"4fQ2';

describe('a key is taken out', () => {
  test.each([
    ['a text', `say ${key}!`, 'say •••4fQ2!'],
    ['a text, as an address writes it', `say ${encodeURIComponent(key)}!`, 'say •••4fQ2!'],
    ['a text, as JSON writes it', JSON.stringify({ text: key }), '{"text":"•••4fQ2"}'],
    ['a text, as base64 writes it', `say ${btoa(key)}!`, 'say •••4fQ2!'],
    ['a text, wherever it stands', `${key}${key}`, '•••4fQ2•••4fQ2'],
  ])('of %s', (_where, text, redacted) => {
    expect(redactText(text, key)).toBe(redacted);
  });

  test('of a short one nothing is shown', () => {
    expect(redactText('say 12345678', '12345678')).toBe('say •••');
  });

  test('no key, or one of three letters, leaves a text as it is', () => {
    expect(redactText('a text', '')).toBe('a text');
    expect(redactText('a text', 'tex')).toBe('a text');
  });

  test('of what a provider repeats in part', () => {
    expect(redactForeign(`Incorrect key: ${key.slice(0, 12)}… and ${key.slice(5)}`, key)).not.toMatch(/abc|123/u);
    expect(redactForeign('Incorrect key', key)).toBe('Incorrect key');
  });
});

describe('a header', () => {
  test.each(['Authorization', 'x-api-key', 'api-key', 'x-goog-api-key', 'X-Auth-Token', 'Cookie', 'x-client-secret'])(
    '%s never shows its value, whoever has set it',
    (name) => {
      expect(redactHeader(name, 'another-secret', key)).toBe('•••');
      expect(redactHeader(name, 'Bearer another-secret', '')).toBe('Bearer •••');
      expect(redactHeader(name, `Bearer ${key}`, key)).toBe('Bearer •••4fQ2');
    },
  );

  test('of another name is shown, but for the key in it', () => {
    expect(redactHeader('Content-Type', 'application/json', key)).toBe('application/json');
    expect(redactHeader('X-Title', `Ava ${key}`, key)).toBe('Ava •••4fQ2');
    expect(redactHeader('X-Title', 'abc', 'abc')).toBe('•••');
  });
});

describe('an address', () => {
  test.each([
    ['https://h/v1?key=AIza-other&alt=sse', 'https://h/v1?key=•••&alt=sse'],
    ['https://h/v1?q=abc&access_token=xyz', 'https://h/v1?q=abc&access_token=•••'],
    [`https://h/v1?q=${encodeURIComponent(key)}`, 'https://h/v1?q=•••'],
    [`https://h/${encodeURIComponent(key)}/v1`, 'https://h/•••4fQ2/v1'],
    ['https://h/v1?q=%E0%A4%A', 'https://h/v1?q=%E0%A4%A'],
    ['https://h/v1/models?pageSize=1000', 'https://h/v1/models?pageSize=1000'],
  ])('%s', (url, redacted) => {
    expect(redactAddress(url, key)).toBe(redacted);
  });
});

describe('a body', () => {
  test('shows no field that is named like a secret, and nothing of the key', () => {
    const body = { api_key: 'other', auth: { client_secret: 'a"b' }, user: key };
    expect(JSON.parse(redactBody(JSON.stringify(body), key))).toEqual({
      api_key: '•••',
      auth: { client_secret: '•••' },
      user: '•••4fQ2',
    });
  });

  test("stays as it was otherwise: its numbers, and a user's words about keys", () => {
    const body = JSON.stringify({
      max_tokens: 5,
      messages: [{ content: 'What is "api_key":"x"? A password: secret' }],
    });
    expect(redactBody(body, key)).toBe(body);
  });
});
