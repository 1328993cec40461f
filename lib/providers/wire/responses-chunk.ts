import { defined } from '@/lib/errors/defined';
import type { Usage } from '@/lib/chat/types';
import { asArray, asCount, asRecord, asText, type JsonObject } from '@/lib/stream/json';
import { errorIn } from './error-frame';
import { type Chunk, emptyChunk, type ReplyFormat } from './reply-format';

/** How far a reply has been read, over all connections that it comes through. */
export interface ResponsePosition {
  /** '' until it is known. */
  id: string;
  /** It goes on at the vendor while nobody listens. */
  isBackground: boolean;
  /** The number of the last event. */
  sequence: number;
  /** Its last event has come. */
  isOver: boolean;
  /** What the last event repeats is not told twice. */
  readonly told: { text: boolean; thinking: boolean };
}

export function startOfResponse(): ResponsePosition {
  return { id: '', isBackground: false, sequence: -1, isOver: false, told: { text: false, thinking: false } };
}

/** Reads the events of a streamed response, or a whole one, and notes in `position` how far it is. */
export function responsesFormat(position: ResponsePosition): ReplyFormat {
  return { createReader: () => (value) => readAndNote(value, position), findError };
}

function readAndNote(value: unknown, position: ResponsePosition): Chunk | undefined {
  const event = asRecord(value);
  if (!event) return undefined;
  const response = asRecord(event['response']);
  position.id ||= asText(response?.['id']);
  position.isBackground ||= response?.['background'] === true;
  position.sequence = asCount(event['sequence_number']) ?? position.sequence;
  const chunk = readEvent(event, response);
  const { told } = position;
  const isRepeated = chunk.isWhole && told.text;
  const read = {
    ...chunk,
    text: isRepeated ? '' : chunk.text,
    refusal: isRepeated ? '' : chunk.refusal,
    thinking: chunk.isWhole && told.thinking ? '' : chunk.thinking,
  };
  told.text ||= read.text + read.refusal !== '';
  told.thinking ||= read.thinking !== '';
  position.isOver ||= chunk.isEnd;
  return read;
}

/** https://platform.openai.com/docs/api-reference/responses-streaming */
function readEvent(event: JsonObject, response: JsonObject | undefined): Chunk {
  const type = asText(event['type']);
  switch (type) {
    case '':
      return event['object'] === 'response' ? readResponse(event) : { ...emptyChunk, isReply: false };
    case 'response.output_text.delta':
      return { ...emptyChunk, text: asText(event['delta']) };
    case 'response.refusal.delta':
      return { ...emptyChunk, refusal: asText(event['delta']) };
    case 'response.reasoning_summary_text.delta':
    case 'response.reasoning_text.delta':
      return { ...emptyChunk, thinking: asText(event['delta']) };
    case 'response.reasoning_summary_part.added':
      return { ...emptyChunk, thinking: (asCount(event['summary_index']) ?? 0) > 0 ? '\n\n' : '' };
    case 'response.output_item.added':
      return { ...emptyChunk, callsTools: isToolCall(event['item']) };
    case 'response.completed':
    case 'response.incomplete':
    case 'response.cancelled':
    case 'response.failed':
      return { ...readResponse(response ?? {}), finish: finishOf(response ?? {}, type), isEnd: true };
    default:
      return { ...emptyChunk, isReply: type.startsWith('response.'), model: asText(response?.['model']) };
  }
}

function readResponse(response: JsonObject): Chunk {
  const items = asArray(response['output']).map((item) => asRecord(item) ?? {});
  const partsOf = (field: 'content' | 'summary'): readonly JsonObject[] =>
    items.flatMap((item) => asArray(item[field]).map((part) => asRecord(part) ?? {}));
  const join = (parts: readonly JsonObject[], type: string, field = 'text'): string =>
    parts.map((part) => (part['type'] === type ? asText(part[field]) : '')).join('');
  return {
    ...emptyChunk,
    isWhole: true,
    text: join(partsOf('content'), 'output_text'),
    refusal: join(partsOf('content'), 'refusal', 'refusal'),
    thinking: partsOf('summary')
      .map((part) => asText(part['text']))
      .filter((text) => text !== '')
      .join('\n\n'),
    callsTools: items.some(isToolCall),
    finish: finishOf(response, `response.${asText(response['status'])}`),
    model: asText(response['model']),
    usage: readUsage(asRecord(response['usage'])),
  };
}

/** Calls that wait for an answer of ours; others the vendor runs by itself. */
function isToolCall(item: unknown): boolean {
  return /^(?:function|custom_tool|computer|local_shell|apply_patch|shell)_call$|approval_request$/.test(
    asText(asRecord(item)?.['type']),
  );
}

function finishOf(response: JsonObject, type: string): string {
  if (type !== 'response.incomplete') return type.endsWith('completed') ? finishOfParts(response) : type;
  return asText(asRecord(response['incomplete_details'])?.['reason']) || 'incomplete';
}

function finishOfParts({ output }: JsonObject): string {
  const parts = asArray(output).flatMap((item) => asArray(asRecord(item)?.['content']));
  return parts.some((part) => asRecord(part)?.['type'] === 'refusal') ? 'refusal' : 'stop';
}

/** In `response.failed` the error stands inside; the events of a reply are never one by their words. */
function findError(value: unknown): unknown {
  const event = asRecord(value);
  const type = asText(event?.['type']);
  if (type === 'response.failed') return errorIn(event?.['response']) ?? { error: type };
  return type.startsWith('response.') ? undefined : errorIn(value);
}

function readUsage(usage: JsonObject | undefined): Usage | undefined {
  const inputTokens = asCount(usage?.['input_tokens']);
  const outputTokens = asCount(usage?.['output_tokens']);
  if (inputTokens === undefined && outputTokens === undefined) return undefined;
  const reasoningTokens = asCount(asRecord(usage?.['output_tokens_details'])?.['reasoning_tokens']);
  return defined({ inputTokens, outputTokens, reasoningTokens });
}
