import type { Preset } from './provider';

/** https://vercel.com/docs/ai-gateway/sdks-and-apis/openai-chat-completions */
export const vercelAiGateway: Preset = {
  id: 'vercel-ai-gateway',
  label: 'Vercel AI Gateway',
  baseUrl: 'https://ai-gateway.vercel.sh/v1',
  key: { needed: 'yes', url: 'https://vercel.com/ai-gateway' },
  hasModels: true,
  wire: 'openai-chat',
};
