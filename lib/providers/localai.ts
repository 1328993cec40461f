import type { Preset } from './provider';

/** https://localai.io/features/text-generation/ */
export const localAi: Preset = {
  id: 'localai',
  label: 'LocalAI',
  baseUrl: 'http://127.0.0.1:8080/v1',
  key: { needed: 'optional' },
  hasModels: true,
  wire: 'openai-chat',
};
