import type { Wires } from '../provider';
import { anthropicMessages } from './anthropic-messages';
import { createBuiltIn } from './built-in';
import { codeLinkAvaChat } from './codelink-ava-chat';
import { gemini } from './gemini';
import { ollamaChat } from './ollama-chat';
import { openAiChat } from './openai-chat';
import { openAiResponses } from './openai-responses';

export const wires: Wires = {
  'openai-chat': openAiChat,
  'openai-responses': openAiResponses,
  'anthropic-messages': anthropicMessages,
  gemini,
  'ollama-chat': ollamaChat,
  'codelink-ava-chat': codeLinkAvaChat,
  'built-in': createBuiltIn({ find: () => globalThis.LanguageModel, language: () => navigator.language }),
};
