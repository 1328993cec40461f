import { defined } from '@/lib/errors/defined';
import type { Usage } from '@/lib/chat/types';
import { asArray, asCount, asRecord, asText, type JsonObject } from '@/lib/stream/json';
import { errorIn } from './error-frame';
import { type Chunk, emptyChunk, type ReplyFormat } from './reply-format';

export const geminiFormat: ReplyFormat = {
  createReader: () => readChunk,
  peek: readChunk,
  findError: errorIn,
  // Older models say STOP in every chunk.
  finishesOften: true,
};

/**
 * Reads a `GenerateContentResponse`, of which a stream has many and a whole reply is one
 * (https://ai.google.dev/api/generate-content#v1beta.GenerateContentResponse). A prompt that was blocked has no candidate.
 */
function readChunk(value: unknown): Chunk | undefined {
  const chunk = asRecord(value);
  if (!chunk) return undefined;
  const candidate = firstCandidate(asArray(chunk['candidates']));
  const parts = asArray(asRecord(candidate['content'])?.['parts']).map((part) => asRecord(part) ?? {});
  const textOf = (isThought: boolean): string =>
    parts.map((part) => ((part['thought'] === true) === isThought ? asText(part['text']) : '')).join('');
  const blockReason = asText(asRecord(chunk['promptFeedback'])?.['blockReason']);
  const isBlocked = blockReason !== '' && blockReason !== 'BLOCK_REASON_UNSPECIFIED';
  return {
    ...emptyChunk,
    isReply: ['candidates', 'promptFeedback', 'usageMetadata'].some((name) => typeof chunk[name] === 'object'),
    text: textOf(false),
    thinking: textOf(true),
    callsTools: parts.some((part) => part['functionCall'] !== undefined),
    finish: isBlocked ? 'blocked' : readFinish(asText(candidate['finishReason'])),
    model: asText(chunk['modelVersion']),
    usage: readUsage(asRecord(chunk['usageMetadata'])),
  };
}

/** The one that was asked for: its index is often left out. */
function firstCandidate(candidates: readonly unknown[]): JsonObject {
  return candidates.map((candidate) => asRecord(candidate) ?? {}).find(({ index = 0 }) => index === 0) ?? {};
}

/** The reasons that say in words of their own what `meaningOf` reads from others. */
function readFinish(reason: string): string {
  if (reason === 'FINISH_REASON_UNSPECIFIED') return '';
  if (/LANGUAGE|ARMOR/.test(reason)) return 'blocked';
  if (reason === 'CONTINUATION') return 'length';
  return /OTHER|MALFORMED_RESPONSE|MISSING/.test(reason) ? 'incomplete' : reason;
}

/** Thoughts are no part of the candidates' tokens, and what tools have read is none of the prompt's. */
function readUsage(usage: JsonObject | undefined): Usage | undefined {
  const sumOf = (...names: readonly string[]): number | undefined => {
    const counts = names.map((name) => asCount(usage?.[name]));
    return counts.every((one) => one === undefined)
      ? undefined
      : counts.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  };
  const inputTokens = sumOf('promptTokenCount', 'toolUsePromptTokenCount');
  const outputTokens = sumOf('candidatesTokenCount', 'thoughtsTokenCount');
  if (inputTokens === undefined && outputTokens === undefined) return undefined;
  return defined({ inputTokens, outputTokens, reasoningTokens: sumOf('thoughtsTokenCount') });
}
