import { describe, expect, test } from 'vitest';
import { randomFrom } from '@/tests/faults/random';
import { fuzzMessage, mayBeMissing, realMessages } from '@/tests/support/fuzz-messages';
import { onDeviceAddress } from '@/lib/providers/provider';
import { isFromPage } from './is-from-page';

const targets = { conversationId: 'c', endpointId: 'e' };

const model = { endpointId: 'e', model: 'm', label: 'M' };

const saving = {
  type: 'save-endpoint',
  endpoint: {
    id: 'e',
    providerId: 'openai',
    label: 'Mine',
    baseUrl: 'https://a.example/v1',
    headers: {},
    body: {},
    unstreamed: false,
  },
};

describe('a message of a page', () => {
  test.each(realMessages(targets).map((message) => [message.type, message] as const))('%s is one', (_type, message) => {
    expect(isFromPage(message)).toBe(true);
  });

  test('may save what has no address of its own', () => {
    expect(isFromPage({ ...saving, endpoint: { ...saving.endpoint, baseUrl: onDeviceAddress } })).toBe(true);
  });

  test('may choose all that the list of models and the defaults of chats choose', () => {
    const settings = {
      favourites: [model],
      defaults: { temperature: 0.5, maxTokens: 9, effort: 'low', systemPrompt: 'Be short.' },
      modelDefaults: [
        { model, isAlone: true, headers: { a: '1' }, body: { b: 1 } },
        { model, temperature: 1 },
      ],
      fallbacks: [{ endpointId: 'e', model, afterSeconds: 30 }],
    };
    expect(isFromPage({ type: 'choose', settings })).toBe(true);
  });

  test.each([
    ['a setting that is none', { type: 'choose', settings: { v: 9 } }],
    ['the list of endpoints', { type: 'choose', settings: { endpoints: [] } }],
    ['a setting from the prototype', { type: 'choose', settings: { constructor: 'x' } }],
    ['a favourite that is no model', { type: 'choose', settings: { favourites: [{ endpointId: 'e' }] } }],
    ['an effort that nobody knows', { type: 'choose', settings: { defaults: { effort: 'utmost' } } }],
    ['defaults of no model', { type: 'choose', settings: { modelDefaults: [{ temperature: 1 }] } }],
    [
      'headers of a model that are no texts',
      { type: 'choose', settings: { modelDefaults: [{ model, headers: { a: 1 } }] } },
    ],
    [
      'a fallback that comes at once',
      { type: 'choose', settings: { fallbacks: [{ endpointId: 'e', model, afterSeconds: 0 }] } },
    ],
    ['a type from the prototype', { type: 'constructor' }],
    ['an address of another scheme', { ...saving, endpoint: { ...saving.endpoint, baseUrl: 'file:///etc' } }],
    ['headers that are no texts', { ...saving, endpoint: { ...saving.endpoint, headers: { a: 1 } } }],
    ['an endpoint without an id', { ...saving, endpoint: { ...saving.endpoint, id: '' } }],
    ['a count below nought', { type: 'watch-history', count: -1 }],
  ])('is not one with %s', (_what, message) => {
    expect(isFromPage(message)).toBe(false);
  });

  test('is not one with any field gone or of another kind', () => {
    for (const message of realMessages(targets)) {
      for (const name of Object.keys(message)) {
        const { [name as keyof typeof message]: gone, ...rest } = message;
        expect(
          isFromPage({ ...message, [name]: typeof gone === 'number' ? 'text' : 7 }),
          `${message.type}.${name}`,
        ).toBe(false);
        if (!mayBeMissing(message, name)) expect(isFromPage(rest), `${message.type} without ${name}`).toBe(false);
      }
    }
  });

  test('of which a seed makes 10,000 that are broken, each that is whole is about nothing that is there', () => {
    const random = randomFrom(1);
    const whole = Array.from({ length: 10_000 }, () => fuzzMessage(random, targets)).filter(isFromPage);
    expect(whole.length).toBeGreaterThan(500);
    for (const message of whole) expect(JSON.stringify(message)).toMatch(/nowhere|__proto__/u);
  });
});
