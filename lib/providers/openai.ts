import { openAiChat } from './wire/openai-chat';

export const openai = openAiChat(
  {
    id: 'openai',
    label: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    key: { needed: 'yes', url: 'https://platform.openai.com/api-keys' },
  },
  { maxTokensField: 'max_completion_tokens' },
);
