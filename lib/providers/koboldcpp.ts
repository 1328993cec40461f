import type { Preset } from './provider';

/** https://github.com/LostRuins/koboldcpp/wiki */
export const koboldCpp: Preset = {
  id: 'koboldcpp',
  label: 'KoboldCpp',
  baseUrl: 'http://127.0.0.1:5001/v1',
  key: { needed: 'optional' },
  hasModels: true,
  wire: 'openai-chat',
};
