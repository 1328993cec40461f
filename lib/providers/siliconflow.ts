import type { Preset } from './provider';

/** https://docs.siliconflow.com/en/api-reference/chat-completions/chat-completions */
export const siliconflow: Preset = {
  id: 'siliconflow',
  label: 'SiliconFlow',
  baseUrl: 'https://api.siliconflow.com/v1',
  key: { needed: 'yes', url: 'https://cloud.siliconflow.com/account/ak' },
  hasModels: true,
  wire: 'openai-chat',
};
