import { openAiChat } from './wire/openai-chat';

/** Any address that speaks OpenAI's Chat Completions: a gateway at work, a server on this machine, another vendor. */
export const openaiCompatible = openAiChat({
  id: 'openai-compatible',
  label: 'OpenAI-compatible',
  baseUrl: '',
  key: { needed: 'optional' },
});
