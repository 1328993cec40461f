import { expect, test } from 'vitest';
import { readPlace } from './place';

test.each([
  ['', { type: 'section', section: 'providers' }],
  ['#keys', { type: 'section', section: 'keys' }],
  ['#privacy', { type: 'section', section: 'privacy' }],
  ['#nonsense', { type: 'section', section: 'providers' }],
  ['#choose/vendor', { type: 'choose', from: 'vendor' }],
  ['#choose/nonsense', { type: 'section', section: 'providers' }],
  ['#add/ollama', { type: 'add', providerId: 'ollama' }],
  ['#edit/a%2Fb', { type: 'edit', endpointId: 'a/b' }],
  ['#edit/', { type: 'section', section: 'providers' }],
])('the address %j leads to a place', (hash, place) => {
  expect(readPlace(hash)).toEqual(place);
});
