import type { Preset } from './provider';

/** OpenAI's newer API. With the body field `"background": true` a reply goes on while the connection is gone, and is joined again. */
export const openaiResponses: Preset = {
  id: 'openai-responses',
  label: 'OpenAI Responses',
  baseUrl: 'https://api.openai.com/v1',
  key: { needed: 'yes', url: 'https://platform.openai.com/api-keys' },
  hasModels: true,
  wire: 'openai-responses',
};
