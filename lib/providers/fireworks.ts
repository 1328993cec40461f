import type { Preset } from './provider';

/** https://docs.fireworks.ai/tools-sdks/openai-compatibility */
export const fireworks: Preset = {
  id: 'fireworks',
  label: 'Fireworks AI',
  baseUrl: 'https://api.fireworks.ai/inference/v1',
  key: { needed: 'yes', url: 'https://app.fireworks.ai/settings/users/api-keys' },
  hasModels: true,
  wire: 'openai-chat',
};
