import { defined } from '@/lib/errors/defined';
import { asArray, asCount, asRecord, asText } from '@/lib/stream/json';
import { errorIn } from './error-frame';
import { type Chunk, emptyChunk, type ReplyFormat } from './reply-format';

export const ollamaFormat: ReplyFormat = {
  createReader: () => readChunk,
  peek: readChunk,
  findError: errorIn,
  // Models whose template does not say where thinking is.
  hasInlineThinking: true,
  isLines: true,
};

/** Reads a line of a chat, or a whole reply (https://docs.ollama.com/api/chat). The counts come with the last one. */
function readChunk(value: unknown): Chunk | undefined {
  const line = asRecord(value);
  if (!line) return undefined;
  const message = asRecord(line['message']);
  const isDone = line['done'] === true;
  const inputTokens = asCount(line['prompt_eval_count']);
  const outputTokens = asCount(line['eval_count']);
  const hasUsage = inputTokens !== undefined || outputTokens !== undefined;
  return {
    ...emptyChunk,
    isReply: message !== undefined || typeof line['done'] === 'boolean',
    text: asText(message?.['content']),
    thinking: asText(message?.['thinking']),
    callsTools: asArray(message?.['tool_calls']).length > 0,
    // Older versions give no reason.
    finish: isDone ? asText(line['done_reason']) || 'stop' : '',
    isEnd: isDone,
    model: asText(line['model']),
    usage: hasUsage ? defined({ inputTokens, outputTokens }) : undefined,
  };
}
