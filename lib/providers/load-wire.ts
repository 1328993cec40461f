import type { LoadWire } from './provider';

/** By a plain dynamic import, one file a wire. A service worker has none: there the bundler puts all of them in. */
export const loadWire: LoadWire = async (name) => {
  switch (name) {
    case 'openai-chat':
      return (await import('./wire/openai-chat')).openAiChat;
    case 'openai-responses':
      return (await import('./wire/openai-responses')).openAiResponses;
    case 'anthropic-messages':
      return (await import('./wire/anthropic-messages')).anthropicMessages;
    case 'gemini':
      return (await import('./wire/gemini')).gemini;
    case 'ollama-chat':
      return (await import('./wire/ollama-chat')).ollamaChat;
    case 'codelink-ava-chat':
      return (await import('./wire/codelink-ava-chat')).codeLinkAvaChat;
  }
};
