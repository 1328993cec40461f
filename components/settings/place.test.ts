import { expect, test } from 'vitest';
import { placeOfModel, readPlace } from './place';

test.each([
  ['', { type: 'section', section: 'providers' }],
  ['#keys', { type: 'section', section: 'keys' }],
  ['#privacy', { type: 'section', section: 'privacy' }],
  ['#nonsense', { type: 'section', section: 'providers' }],
  ['#choose/vendor', { type: 'choose', from: 'vendor' }],
  ['#choose/nonsense', { type: 'section', section: 'providers' }],
  ['#add/ollama', { type: 'add', providerId: 'ollama' }],
  ['#edit/a%2Fb', { type: 'edit', endpointId: 'a/b' }],
  ['#chat', { type: 'section', section: 'chat' }],
  ['#chat/e1/openai%2Fgpt-5', { type: 'model-defaults', endpointId: 'e1', model: 'openai/gpt-5' }],
  ['#chat/e1/', { type: 'model-defaults', endpointId: 'e1', model: '' }],
  ['#edit/', { type: 'section', section: 'providers' }],
])('the address %j leads to a place', (hash, place) => {
  expect(readPlace(hash)).toEqual(place);
});

test('a model leads to its defaults, whatever is in its name', () => {
  const model = { endpointId: 'a/b', model: 'x/y%z#?', label: 'X' };
  expect(readPlace(`#${placeOfModel(model)}`)).toEqual({
    type: 'model-defaults',
    endpointId: 'a/b',
    model: 'x/y%z#?',
  });
});
