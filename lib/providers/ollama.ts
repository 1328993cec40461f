import { openAiChat } from './wire/openai-chat';

export const ollama = openAiChat({
  id: 'ollama',
  label: 'Ollama',
  baseUrl: 'http://127.0.0.1:11434/v1',
  key: { needed: 'no' },
});
