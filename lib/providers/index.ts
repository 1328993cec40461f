import { codeLinkAva } from './codelink-ava';
import { ollama } from './ollama';
import { openaiCompatible } from './openai-compatible';
import { openai } from './openai';
import type { Provider } from './provider';

/** Every provider, in the order in which settings offer them. */
export const providers: readonly Provider[] = [ollama, openai, openaiCompatible, codeLinkAva];

export function findProvider(id: string): Provider | undefined {
  return providers.find((provider) => provider.id === id);
}
