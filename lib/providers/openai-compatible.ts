import type { Preset } from './provider';

/** Any address that speaks OpenAI's Chat Completions: a gateway at work, a server on this machine, another vendor. */
export const openaiCompatible: Preset = {
  id: 'openai-compatible',
  label: 'OpenAI-compatible',
  baseUrl: '',
  key: { needed: 'optional' },
  hasModels: true,
  wire: 'openai-chat',
};
