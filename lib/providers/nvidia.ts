import type { Preset } from './provider';

/** https://docs.api.nvidia.com/nim/reference/llm-apis */
export const nvidia: Preset = {
  id: 'nvidia',
  label: 'NVIDIA',
  baseUrl: 'https://integrate.api.nvidia.com/v1',
  key: { needed: 'yes', url: 'https://build.nvidia.com/settings/api-keys' },
  hasModels: true,
  wire: 'openai-chat',
};
