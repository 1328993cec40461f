import type { Preset } from './provider';

/** `max_tokens` is deprecated here. https://console.groq.com/docs/api-reference */
export const groq: Preset = {
  id: 'groq',
  label: 'Groq',
  baseUrl: 'https://api.groq.com/openai/v1',
  key: { needed: 'yes', url: 'https://console.groq.com/keys' },
  hasModels: true,
  wire: 'openai-chat',
  quirks: { maxTokensField: 'max_completion_tokens' },
};
