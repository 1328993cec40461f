import type { Preset } from './provider';

/**
 * Tells its usage unasked, and has refused `stream_options` with 422.
 * https://github.com/openai/openai-agents-python/issues/442
 */
export const mistral: Preset = {
  id: 'mistral',
  label: 'Mistral',
  baseUrl: 'https://api.mistral.ai/v1',
  key: { needed: 'yes', url: 'https://console.mistral.ai/api-keys' },
  hasModels: true,
  wire: 'openai-chat',
  quirks: { usageInStream: false },
};
