import type { Preset } from './provider';

/** https://lmstudio.ai/docs/developer/openai-compat */
export const lmStudio: Preset = {
  id: 'lm-studio',
  label: 'LM Studio',
  baseUrl: 'http://127.0.0.1:1234/v1',
  key: { needed: 'optional' },
  hasModels: true,
  wire: 'openai-chat',
};
