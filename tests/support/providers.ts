/** The providers with their wires, as tests ask them. */
import { connectPreset, findPreset } from '@/lib/providers';
import type { Endpoint, LoadWire, Provider } from '@/lib/providers/provider';
import type { CaseWire } from '../cases/stream-case';
import { anEndpoint } from './build-requests';
import { anthropic as anthropicPreset } from '@/lib/providers/anthropic';
import { codeLinkAva as codeLinkAvaPreset } from '@/lib/providers/codelink-ava';
import { google as googlePreset } from '@/lib/providers/google';
import { wires } from '@/lib/providers/wire/index';
import { ollama as ollamaPreset } from '@/lib/providers/ollama';
import { openai as openaiPreset } from '@/lib/providers/openai';
import { openaiResponses as openaiResponsesPreset } from '@/lib/providers/openai-responses';
import { openaiCompatible as openaiCompatiblePreset } from '@/lib/providers/openai-compatible';

const loadWire: LoadWire = (name) => Promise.resolve(wires[name]);

export const openaiCompatible = connectPreset(openaiCompatiblePreset, loadWire);
export const openai = connectPreset(openaiPreset, loadWire);
export const openaiResponses = connectPreset(openaiResponsesPreset, loadWire);
export const codeLinkAva = connectPreset(codeLinkAvaPreset, loadWire);
export const anthropic = connectPreset(anthropicPreset, loadWire);
export const google = connectPreset(googlePreset, loadWire);
export const ollama = connectPreset(ollamaPreset, loadWire);

/** Any other by its name. */
export function providerNamed(id: string): Provider {
  const preset = findPreset(id);
  if (!preset) throw new Error(`no provider ${id}`);
  return connectPreset(preset, loadWire);
}

/** Who speaks the wire of a case. */
export const providerOfWire: Readonly<Record<CaseWire, Provider>> = {
  'openai-chat': openaiCompatible,
  'openai-responses': openaiResponses,
  'anthropic-messages': anthropic,
  gemini: google,
  'ollama-chat': ollama,
};

/** An endpoint that is asked by that wire; at an address that ends in `/v1`, Ollama's would speak OpenAI's. */
export function endpointOfWire(wire: CaseWire): Endpoint {
  return anEndpoint(wire === 'ollama-chat' ? { baseUrl: 'http://127.0.0.1:1' } : {});
}
