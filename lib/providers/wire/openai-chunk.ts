import { defined } from '@/lib/errors/defined';
import type { Usage } from '@/lib/chat/types';
import { asArray, asCount, asRecord, asText, type JsonObject } from '@/lib/stream/json';
import { errorIn } from './error-frame';
import type { Chunk, ReplyFormat } from './reply-format';

export const openAiFormat: ReplyFormat = {
  createReader: () => readChunk,
  peek: readChunk,
  findError: errorIn,
  hasInlineThinking: true,
  endsWithSentinel: true,
};

/**
 * Reads a chunk in all the shapes that vendors give it (https://platform.openai.com/docs/api-reference/chat-streaming):
 * content as text, null or a list of parts; reasoning as `reasoning_content`, `reasoning`, `reasoning_details` or a part.
 * undefined for what is no object. Never throws.
 */
function readChunk(value: unknown): Chunk | undefined {
  const chunk = asRecord(value);
  if (!chunk) return undefined;
  const choice = firstChoice(asArray(chunk['choices']));
  const delta = asRecord(choice['delta']);
  const isWhole = !delta || Object.keys(delta).length === 0;
  const said = (isWhole ? asRecord(choice['message']) : delta) ?? {};
  const { text, thinking, refusal } = readContent(said['content'] ?? choice['text']);
  return {
    // Nothing but this wire's replies has a list of choices, perhaps an empty one.
    isReply: Array.isArray(chunk['choices']),
    text,
    thinking: readReasoning(said) || thinking,
    refusal: asText(said['refusal']) || refusal,
    // `text` of the older completions is an addition, as a delta is.
    isWhole: isWhole && choice['text'] === undefined,
    callsTools: asArray(said['tool_calls']).length > 0 || asRecord(said['function_call']) !== undefined,
    // Some servers write null as text.
    finish: asText(choice['finish_reason']).replace(/^null$/i, ''),
    nativeFinish: asText(choice['native_finish_reason']),
    isEnd: false,
    model: asText(chunk['model']),
    usage: readUsage(chunk['usage'] ?? asRecord(chunk['x_groq'])?.['usage']),
  };
}

/** The choice that was asked for; a server may send others between. */
function firstChoice(choices: readonly unknown[]): JsonObject {
  const all = choices.map((choice) => asRecord(choice) ?? {});
  return all.find((choice) => choice['index'] === 0) ?? all.find((choice) => typeof choice['index'] !== 'number') ?? {};
}

function readContent(content: unknown): Pick<Chunk, 'text' | 'thinking' | 'refusal'> {
  let text = '';
  let thinking = '';
  let refusal = '';
  for (const item of Array.isArray(content) ? asArray(content) : [content]) {
    const part = asRecord(item) ?? { text: item };
    // Mistral: `{type: 'thinking', thinking: [{type: 'text', text}]}`.
    if (part['type'] === 'thinking' || part['type'] === 'reasoning') {
      thinking += plainText(part['thinking'] ?? part['reasoning'] ?? part['text']);
    } else text += asText(part['text']);
    refusal += asText(part['refusal']);
  }
  return { text, thinking, refusal };
}

/** The first that says something: some servers send the same words under two names. */
function readReasoning(said: JsonObject): string {
  return plainText(said['reasoning_content']) || plainText(said['reasoning']) || plainText(said['reasoning_details']);
}

function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(plainText).join('');
  const record = asRecord(value);
  return record ? asText(record['text']) || asText(record['content']) || asText(record['summary']) : '';
}

function readUsage(value: unknown): Usage | undefined {
  const usage = asRecord(value);
  if (!usage) return undefined;
  const inputTokens = asCount(usage['prompt_tokens']) ?? asCount(usage['input_tokens']);
  const outputTokens = asCount(usage['completion_tokens']) ?? asCount(usage['output_tokens']);
  const details = asRecord(usage['completion_tokens_details']) ?? asRecord(usage['output_tokens_details']);
  const reasoningTokens = asCount(details?.['reasoning_tokens']) ?? asCount(usage['reasoning_tokens']);
  if (inputTokens === undefined && outputTokens === undefined) return undefined;
  return defined({ inputTokens, outputTokens, reasoningTokens });
}
