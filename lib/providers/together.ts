import type { Preset } from './provider';

/** https://docs.together.ai/docs/inference/openai-compatibility */
export const together: Preset = {
  id: 'together',
  label: 'Together AI',
  baseUrl: 'https://api.together.ai/v1',
  key: { needed: 'yes', url: 'https://api.together.ai/settings/api-keys' },
  hasModels: true,
  wire: 'openai-chat',
};
