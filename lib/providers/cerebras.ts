import type { Preset } from './provider';

/** https://inference-docs.cerebras.ai/api-reference/chat-completions */
export const cerebras: Preset = {
  id: 'cerebras',
  label: 'Cerebras',
  baseUrl: 'https://api.cerebras.ai/v1',
  key: { needed: 'yes', url: 'https://cloud.cerebras.ai' },
  hasModels: true,
  wire: 'openai-chat',
  quirks: { maxTokensField: 'max_completion_tokens' },
};
