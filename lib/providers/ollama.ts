import type { Preset } from './provider';

/** Ollama's own API, which says more than its OpenAI-compatible one; at an address that ends in `/v1` that one is spoken. */
export const ollama: Preset = {
  id: 'ollama',
  label: 'Ollama',
  baseUrl: 'http://127.0.0.1:11434',
  key: { needed: 'no' },
  hasModels: true,
  wire: 'ollama-chat',
};
