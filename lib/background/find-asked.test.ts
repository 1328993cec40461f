import { describe, expect, test } from 'vitest';
import { defaultSettings } from '@/lib/store/settings';
import { endpoint, someModel } from '@/tests/support/build-chat';
import { withDefaultsOf } from './find-asked';

describe('an endpoint as a model is asked there', () => {
  const server = endpoint({ contextSize: 8192, keepAlive: '10m' });

  test('loads it as it loads all, where the model has nothing of its own', () => {
    const { endpoint: asked } = withDefaultsOf(someModel, server, defaultSettings);
    expect(asked).toEqual(server);
  });

  test('loads it as is set for this model, each where it is set, and is no default of the request', () => {
    const modelDefaults = [
      { model: { ...someModel, model: 'another' }, contextSize: 1 },
      { model: someModel, contextSize: 4096, temperature: 0.5 },
    ];
    const { endpoint: asked, defaults } = withDefaultsOf(someModel, server, { ...defaultSettings, modelDefaults });
    expect(asked).toMatchObject({ contextSize: 4096, keepAlive: '10m' });
    expect(defaults).toEqual({ temperature: 0.5 });
  });
});
