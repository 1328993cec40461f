import type { Endpoint } from './provider';

/**
 * Whether Ollama's own API is spoken at this endpoint: its server downloads models, and is told how to load them. At an
 * address that ends in `/v1` OpenAI's chat is spoken instead. Pages ask this, which know no presets.
 */
export function speaksOllama({ providerId, baseUrl }: Pick<Endpoint, 'providerId' | 'baseUrl'>): boolean {
  return providerId === 'ollama' && !baseUrl.endsWith('/v1');
}
