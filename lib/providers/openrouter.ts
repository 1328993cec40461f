import type { Preset } from './provider';

/** https://openrouter.ai/docs/api-reference/overview */
export const openrouter: Preset = {
  id: 'openrouter',
  label: 'OpenRouter',
  baseUrl: 'https://openrouter.ai/api/v1',
  key: { needed: 'yes', url: 'https://openrouter.ai/settings/keys' },
  hasModels: true,
  wire: 'openai-chat',
};
