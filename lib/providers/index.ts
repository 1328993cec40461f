import { anthropic } from './anthropic';
import { codeLinkAva } from './codelink-ava';
import { google } from './google';
import { ollama } from './ollama';
import { openaiCompatible } from './openai-compatible';
import { openaiResponses } from './openai-responses';
import { openai } from './openai';
import type { LoadWire, Preset, Provider } from './provider';

/** Every provider, in the order in which settings offer them. */
export const presets: readonly Preset[] = [
  ollama,
  openai,
  openaiResponses,
  anthropic,
  google,
  openaiCompatible,
  codeLinkAva,
];

export function findPreset(id: string): Preset | undefined {
  return presets.find((preset) => preset.id === id);
}

/** A provider whose wire is loaded when it is first asked. */
export function connectPreset({ wire, quirks = {}, ...vendor }: Preset, loadWire: LoadWire): Provider {
  return {
    ...vendor,
    async *stream(request, endpoint, io) {
      yield* (await loadWire(wire)).stream(request, endpoint, { ...io, quirks });
    },
    listModels: async (endpoint, io) => (await loadWire(wire)).listModels(endpoint, { ...io, quirks }),
  };
}
