import { expect, test } from 'vitest';
import { presets } from './index';
import { speaksOllama } from './speaks-ollama';

test.each(presets)('of $id is known without its preset whether its wire is Ollama’s', ({ id, wire }) => {
  const endpoint = { providerId: id, baseUrl: 'http://127.0.0.1:11434' };
  expect(speaksOllama(endpoint)).toBe(wire === 'ollama-chat');
  expect(speaksOllama({ ...endpoint, baseUrl: `${endpoint.baseUrl}/v1` })).toBe(false);
});
