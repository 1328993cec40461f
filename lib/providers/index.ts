import { ChatError } from '@/lib/errors/failure';
import { alibaba } from './alibaba';
import { anthropic } from './anthropic';
import { azureOpenai } from './azure-openai';
import { cerebras } from './cerebras';
import { chromeBuiltIn } from './chrome-built-in';
import { codeLinkAva } from './codelink-ava';
import { deepseek } from './deepseek';
import { fireworks } from './fireworks';
import { githubModels } from './github-models';
import { google } from './google';
import { gpt4free } from './gpt4free';
import { groq } from './groq';
import { huggingFace } from './hugging-face';
import { jan } from './jan';
import { koboldCpp } from './koboldcpp';
import { liteLlm } from './litellm';
import { llamaCpp } from './llama-cpp';
import { lmStudio } from './lm-studio';
import { localAi } from './localai';
import { mistral } from './mistral';
import { moonshot } from './moonshot';
import { nvidia } from './nvidia';
import { ollama } from './ollama';
import { openai } from './openai';
import { openaiCompatible } from './openai-compatible';
import { openaiResponses } from './openai-responses';
import { openrouter } from './openrouter';
import { perplexity } from './perplexity';
import { siliconflow } from './siliconflow';
import { together } from './together';
import { vercelAiGateway } from './vercel-ai-gateway';
import { vllm } from './vllm';
import { xai } from './xai';
import { zhipu } from './zhipu';
import type { LoadWire, Preset, Provider } from './provider';

/** Every provider, in the order in which settings offer them: on one's own computer, vendors, and any address. */
export const presets: readonly Preset[] = [
  chromeBuiltIn,
  ollama,
  lmStudio,
  llamaCpp,
  jan,
  localAi,
  koboldCpp,
  vllm,
  liteLlm,
  gpt4free,
  openai,
  openaiResponses,
  anthropic,
  google,
  openrouter,
  mistral,
  deepseek,
  xai,
  groq,
  azureOpenai,
  githubModels,
  huggingFace,
  vercelAiGateway,
  together,
  fireworks,
  cerebras,
  nvidia,
  perplexity,
  moonshot,
  alibaba,
  zhipu,
  siliconflow,
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
    pullModel: async (model, endpoint, io, tell) => {
      const { pullModel } = await loadWire(wire);
      if (!pullModel) throw new ChatError({ kind: 'bug', message: 'this wire downloads nothing' });
      return pullModel(model, endpoint, { ...io, quirks }, tell);
    },
  };
}
