import type { Preset } from './provider';

/** https://docs.litellm.ai/docs/proxy/user_keys */
export const liteLlm: Preset = {
  id: 'litellm',
  label: 'LiteLLM',
  baseUrl: 'http://127.0.0.1:4000/v1',
  key: { needed: 'optional' },
  hasModels: true,
  wire: 'openai-chat',
};
