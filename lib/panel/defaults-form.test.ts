import { describe, expect, test } from 'vitest';
import { type Defaults, type DefaultsForm, readDefaultsForm, writeDefaultsForm } from './defaults-form';

const empty: DefaultsForm = {
  temperature: '',
  maxTokens: '',
  contextSize: '',
  keepAlive: '',
  effort: '',
  systemPrompt: '',
  headers: '',
  body: '',
  isAlone: false,
};

describe('the form of defaults', () => {
  test('that is empty sets nothing', () => {
    expect(readDefaultsForm({ ...empty, systemPrompt: ' \n', effort: 'nonsense' })).toEqual({ ok: true, defaults: {} });
    expect(writeDefaultsForm({})).toEqual(empty);
  });

  test('is written as it is read', () => {
    const defaults: Defaults = {
      temperature: 0,
      maxTokens: 4096,
      effort: 'xhigh',
      systemPrompt: 'Be short.\n',
      contextSize: 16_384,
      keepAlive: '-1',
      headers: { 'X-Team': 'demo' },
      body: { seed: 7 },
      isAlone: true,
    };
    expect(readDefaultsForm(writeDefaultsForm(defaults))).toEqual({ ok: true, defaults });
  });

  test('takes a comma for a point', () => {
    expect(readDefaultsForm({ ...empty, temperature: ' 0,7 ' })).toEqual({ ok: true, defaults: { temperature: 0.7 } });
  });

  test.each([
    ['temperature', '2.1', 'temperatureWrong', {}],
    ['temperature', '-1', 'temperatureWrong', {}],
    ['temperature', 'warm', 'temperatureWrong', {}],
    ['maxTokens', '0', 'maxTokensWrong', {}],
    ['maxTokens', '10.5', 'maxTokensWrong', {}],
    ['maxTokens', '1e99', 'maxTokensWrong', {}],
    ['contextSize', '0', 'maxTokensWrong', {}],
    ['keepAlive', '5 minutes', 'keepAliveWrong', {}],
    ['headers', 'X-Good: 1\nnonsense', 'headersInvalid', { line: 2 }],
    ['body', '{\n "a": 1,\n}', 'bodyInvalidAt', { line: 3, column: 1 }],
  ] as const)('says what is wrong with %s: %j', (field, typed, message, values) => {
    expect(readDefaultsForm({ ...empty, [field]: typed })).toEqual({ ok: false, problem: { field, message, values } });
  });
});
