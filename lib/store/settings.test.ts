import { describe, expect, test } from 'vitest';
import { endpoint, someModel } from '@/tests/support/build-chat';
import { defaultSettings, isSettings, type Settings, withoutEndpoint, withoutModelHeaders } from './settings';

const other = { ...someModel, endpointId: 'e2' };
const full: Settings = {
  ...defaultSettings,
  endpoints: [endpoint(), endpoint({ id: 'e2' }), endpoint({ id: 'e3' })],
  model: someModel,
  favourites: [other, someModel],
  recent: [someModel],
  defaults: { temperature: 0.5 },
  modelDefaults: [{ model: someModel, maxTokens: 9 }, { model: other }],
  fallbacks: [
    { endpointId: 'e1', model: other, afterSeconds: 30 },
    { endpointId: 'e2', model: someModel, afterSeconds: 30 },
    { endpointId: 'e3', model: other, afterSeconds: 30 },
  ],
};

describe('settings', () => {
  test('are read with and without what was added to them', () => {
    expect(isSettings(full)).toBe(true);
    expect(isSettings(defaultSettings)).toBe(true);
  });

  test.each([
    ['favourites', { favourites: [null] }],
    ['favourites that are no list', { favourites: {} }],
    ['recent models', { recent: [{ endpointId: 'e1' }] }],
    ['defaults', { defaults: null }],
    ['defaults of a model', { modelDefaults: [{ temperature: 1 }] }],
    ['fallbacks', { fallbacks: [{ endpointId: 'e1', model: someModel }] }],
  ])('are not taken where something would stumble over %s', (_what, change) => {
    expect(isSettings({ ...full, ...change })).toBe(false);
  });
});

test('with an endpoint goes all that names it, and nothing else', () => {
  expect(withoutEndpoint(full, 'e1')).toEqual({
    ...full,
    endpoints: full.endpoints.slice(1),
    model: null,
    favourites: [other],
    recent: [],
    modelDefaults: [{ model: other }],
    fallbacks: [{ endpointId: 'e3', model: other, afterSeconds: 30 }],
  });
  expect(withoutEndpoint({ ...defaultSettings, endpoints: [endpoint()] }, 'e1')).toEqual(defaultSettings);
});

test('headers of the models of an endpoint go, and nothing else of what is set for them', () => {
  const mine = { model: someModel, temperature: 1, headers: { 'X-Key': 'secret' } };
  const settings: Settings = { ...defaultSettings, modelDefaults: [mine, { ...mine, model: other }] };
  expect(withoutModelHeaders(settings, someModel.endpointId)).toEqual({
    ...settings,
    modelDefaults: [
      { model: someModel, temperature: 1 },
      { ...mine, model: other },
    ],
  });
  expect(withoutModelHeaders(defaultSettings, someModel.endpointId)).toEqual(defaultSettings);
});
