import type { Preset } from './provider';

/** https://api-docs.deepseek.com */
export const deepseek: Preset = {
  id: 'deepseek',
  label: 'DeepSeek',
  baseUrl: 'https://api.deepseek.com',
  key: { needed: 'yes', url: 'https://platform.deepseek.com/api_keys' },
  hasModels: true,
  wire: 'openai-chat',
};
