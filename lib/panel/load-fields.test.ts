import { describe, expect, test } from 'vitest';
import { readLoadFields, writeLoadFields } from './load-fields';

const empty = { contextSize: '', keepAlive: '' };

describe('how a model is loaded', () => {
  test('is not set by empty fields', () => {
    expect(readLoadFields({ contextSize: ' ', keepAlive: '\t' })).toEqual({ ok: true, value: {} });
    expect(writeLoadFields({})).toEqual(empty);
  });

  test.each(['5m', '0', '-1', '30s', '1h30m', '1.5h', '300', '250ms', '-5m'])('takes %s for a time', (keepAlive) => {
    const value = { contextSize: 32_768, keepAlive };
    expect(readLoadFields({ contextSize: ' 32768 ', keepAlive: ` ${keepAlive} ` })).toEqual({ ok: true, value });
    expect(readLoadFields(writeLoadFields(value))).toEqual({ ok: true, value });
  });

  test.each(['5 m', 'm', 'five', '5d', '-', '5m!', '99999999999', '1e3', '5M', 'forever'])(
    'takes "%s" for none',
    (keepAlive) => {
      expect(readLoadFields({ ...empty, keepAlive })).toEqual({
        ok: false,
        field: 'keepAlive',
        message: 'keepAliveWrong',
      });
    },
  );

  test.each(['0', '-1', '1.5', '16k', '1e4', '0x10', '99999999999999999999'])(
    'takes "%s" for no size',
    (contextSize) => {
      expect(readLoadFields({ ...empty, contextSize })).toEqual({
        ok: false,
        field: 'contextSize',
        message: 'maxTokensWrong',
      });
    },
  );
});
