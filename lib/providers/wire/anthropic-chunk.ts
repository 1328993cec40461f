import { defined } from '@/lib/errors/defined';
import type { Usage } from '@/lib/chat/types';
import { asArray, asCount, asRecord, asText, type JsonObject } from '@/lib/stream/json';
import { errorIn } from './error-frame';
import { type Chunk, emptyChunk, type ReplyFormat } from './reply-format';

export const anthropicFormat: ReplyFormat = {
  createReader: createAnthropicReader,
  // Events of the wire say by their type that they are none.
  findError: (value) => (eventTypes.has(asText(asRecord(value)?.['type'])) ? undefined : errorIn(value)),
};

const eventTypes: ReadonlySet<string> = new Set([
  'message',
  'message_start',
  'message_delta',
  'message_stop',
  'content_block_start',
  'content_block_delta',
  'content_block_stop',
  'ping',
]);

/**
 * Reads the events of a streamed message, or a whole message (https://platform.claude.com/docs/en/build-with-claude/streaming).
 * Events, blocks and deltas of types that are not known say nothing: the vendor adds some without a new version.
 */
function createAnthropicReader(): (value: unknown) => Chunk | undefined {
  /** Counts come in pieces: those of the question first, those of the answer at its end. */
  let counts: JsonObject = {};

  function takeUsage(usage: unknown): Usage | undefined {
    const said = Object.entries(asRecord(usage) ?? {}).filter(([, count]) => count !== null);
    counts = { ...counts, ...Object.fromEntries(said) };
    return said.length === 0 ? undefined : usageOf(counts);
  }

  return (value) => {
    const event = asRecord(value);
    if (!event) return undefined;
    switch (event['type']) {
      case 'message':
        return { ...readMessage(event), usage: takeUsage(event['usage']) };
      case 'message_start': {
        const message = asRecord(event['message']) ?? {};
        return { ...emptyChunk, model: asText(message['model']), usage: takeUsage(message['usage']) };
      }
      case 'message_delta': {
        const finish = asText(asRecord(event['delta'])?.['stop_reason']);
        return { ...emptyChunk, finish, usage: takeUsage(event['usage']) };
      }
      case 'content_block_start':
      case 'content_block_delta':
        return { ...emptyChunk, ...readBlock(event['content_block'] ?? event['delta']) };
      case 'content_block_stop':
        return emptyChunk;
      case 'message_stop':
        return { ...emptyChunk, isEnd: true };
      default:
        return { ...emptyChunk, isReply: false };
    }
  };
}

function readMessage(message: JsonObject): Chunk {
  const blocks = asArray(message['content']).map(readBlock);
  const joined = (field: 'text' | 'thinking'): string => blocks.map((block) => block[field] ?? '').join('');
  return {
    ...emptyChunk,
    isWhole: true,
    text: joined('text'),
    thinking: joined('thinking'),
    callsTools: blocks.some(({ callsTools }) => callsTools),
    finish: asText(message['stop_reason']),
    model: asText(message['model']),
  };
}

/** A block, or what is added to one. Tools that the vendor runs by itself (`server_tool_use`, `mcp_tool_use`) ask nothing of us. */
function readBlock(value: unknown): Partial<Chunk> {
  const block = asRecord(value) ?? {};
  switch (block['type']) {
    case 'text':
    case 'text_delta':
      return { text: asText(block['text']) };
    case 'thinking':
    case 'thinking_delta':
      return { thinking: asText(block['thinking']) };
    case 'tool_use':
      return { callsTools: true };
    case 'fallback':
      // Another model took over.
      return { model: asText(asRecord(block['to'])?.['model']) };
    default:
      return {};
  }
}

/** `input_tokens` are those that came from no cache and went into none. */
function usageOf(counts: JsonObject): Usage | undefined {
  const cached = ['cache_creation_input_tokens', 'cache_read_input_tokens'].map((name) => asCount(counts[name]) ?? 0);
  const { input, output } = sumOf(counts);
  if (input === undefined && output === undefined) return undefined;
  return defined({
    inputTokens: input === undefined ? undefined : cached.reduce((sum, count) => sum + count, input),
    outputTokens: output,
    reasoningTokens: asCount(asRecord(counts['output_tokens_details'])?.['thinking_tokens']),
  });
}

/** Where the vendor has shortened the conversation on the way, the total leaves that out: it stands in `iterations`. */
function sumOf(counts: JsonObject): { readonly input: number | undefined; readonly output: number | undefined } {
  const iterations = asArray(counts['iterations']).map((one) => asRecord(one) ?? {});
  const own = iterations.filter(({ type }) => type === 'message' || type === 'compaction');
  if (own.length === 0 || iterations.some(({ type }) => type === 'fallback_message')) {
    return { input: asCount(counts['input_tokens']), output: asCount(counts['output_tokens']) };
  }
  const sum = (name: string): number => own.reduce((total, one) => total + (asCount(one[name]) ?? 0), 0);
  return { input: sum('input_tokens'), output: sum('output_tokens') };
}
