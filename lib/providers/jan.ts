import type { Preset } from './provider';

/** https://www.jan.ai/docs/desktop/api-server */
export const jan: Preset = {
  id: 'jan',
  label: 'Jan',
  baseUrl: 'http://127.0.0.1:1337/v1',
  key: { needed: 'optional' },
  hasModels: true,
  wire: 'openai-chat',
};
