import type { Preset } from './provider';

/** https://docs.x.ai/docs/api-reference */
export const xai: Preset = {
  id: 'xai',
  label: 'xAI',
  baseUrl: 'https://api.x.ai/v1',
  key: { needed: 'yes', url: 'https://console.x.ai' },
  hasModels: true,
  wire: 'openai-chat',
};
