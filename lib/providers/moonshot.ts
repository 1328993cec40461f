import type { Preset } from './provider';

/** https://platform.kimi.ai/docs/overview */
export const moonshot: Preset = {
  id: 'moonshot',
  label: 'Moonshot (Kimi)',
  baseUrl: 'https://api.moonshot.ai/v1',
  key: { needed: 'yes', url: 'https://platform.kimi.ai/console/api-keys' },
  hasModels: true,
  wire: 'openai-chat',
};
