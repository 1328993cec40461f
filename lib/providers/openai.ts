import type { Preset } from './provider';

export const openai: Preset = {
  id: 'openai',
  label: 'OpenAI',
  baseUrl: 'https://api.openai.com/v1',
  key: { needed: 'yes', url: 'https://platform.openai.com/api-keys' },
  hasModels: true,
  wire: 'openai-chat',
  quirks: { maxTokensField: 'max_completion_tokens', effortNames: { max: 'xhigh' } },
};
