/** What the AI SDK's providers read from the same bytes: a second reading by people who have the services at hand. */
import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogle } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { describe, expect, it } from 'vitest';
import { allStreams } from '@/tests/cases/provider-streams';
import { bytesOf, type CaseWire, type StreamCase } from '@/tests/cases/stream-case';
import { anIo, aRequest, outcomeOf } from '@/tests/support/build-requests';
import { presets } from '@/lib/providers';
import { readVectorStreams, wireOfVector } from '@/tests/support/fault-server/vector-streams';
import { readRecordings } from '@/tests/support/read-recordings';
import { endpointOfWire, providerOfWire } from '@/tests/support/providers';

interface Reading {
  readonly text: string;
  readonly thinking: string;
  readonly ending: string;
  readonly usage: object;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** Streams that end well, of the wires that the SDK speaks. */
function endsWell({ wire, expect: wanted, end, isLarge, headers }: StreamCase): boolean {
  return (
    wire in oracles &&
    (headers['content-type'] ?? '').includes('event-stream') &&
    end === 'close' &&
    !isLarge &&
    !['error', 'cut'].includes(wanted.ending)
  );
}

/** Where our rules (docs/reliability.md) want more than the SDK gives. */
const readOtherwise: ReadonlySet<string> = new Set([
  // OpenAI's chat, as all who are compatible speak it.
  // It takes nothing for an end but a finish reason, and reads no line that the last byte leaves open, nor an answer that came whole.
  'done-without-finish',
  'done-without-space',
  'empty-done',
  'json-reply-as-stream',
  'json-reply-behind-comment',
  'last-event-open',
  'last-event-open-done',
  'last-event-open-line-end',
  'ndjson-after-comment',
  'one-newline',
  'one-newline-crlf',
  'one-newline-no-done',
  'one-newline-no-space',
  'tool-calls-then-done',
  // It refuses what its schema does not foresee, events that are no chunk and errors that say nothing among them.
  'data-without-colon',
  'done-padded',
  'done-then-more',
  'empty-data',
  'error-after-finish',
  'error-empty-fields',
  'error-empty-object',
  'error-null',
  'foreign-parts',
  'foreign-then-done',
  'harmless-minimax-ok',
  'harmless-model-only',
  'harmless-ping',
  'harmless-status-200',
  'harmless-usage',
  'model-in-ping',
  'no-choices',
  'null-choices',
  'odd-choices',
  'odd-values',
  'part-alone',
  'ping-events',
  'pings',
  'pings-then-end',
  'proto',
  'reasoning-object',
  'string-parts',
  'usage-nonsense',
  'usage-without-choices',
  'wrong-types',
  // It reads on behind the end, mixes choices, and knows no text but that of deltas.
  'completion-text',
  'message-alone',
  'second-choice',
  'text-after-finish',
  'two-choices-in-one',
  'whole-after-thinking',
  // It knows no reasons but those of OpenAI, and none that a router passes on from behind.
  'finish-end-turn',
  'finish-eos',
  'finish-gemini-compat-filter',
  'finish-max-tokens',
  'finish-recitation',
  'finish-refusal',
  'finish-safety',
  'finish-upper-case',
  'native-reason-LIMIT',
  'native-reason-MAX_TOKENS',
  'native-reason-SAFETY',
  'native-reason-SPII',
  'native-reason-blocked',
  'native-reason-censored',
  'native-reason-content_blocked',
  'native-reason-content_filter',
  'native-reason-guardrail_intervened',
  'native-reason-max_output_reached',
  'native-reason-model_context_window_exceeded',
  'native-reason-moderation',
  'native-reason-refusal',
  'native-reason-token_limit',
  'reason-COMPLETE',
  'reason-LIMIT',
  'reason-MAX_TOKENS',
  'reason-SAFETY',
  'reason-SPII',
  'reason-blocked',
  'reason-censored',
  'reason-completed',
  'reason-content_blocked',
  'reason-end_turn',
  'reason-eos',
  'reason-guardrail_intervened',
  'reason-max_output_reached',
  'reason-model_context_window_exceeded',
  'reason-moderation',
  'reason-refusal',
  'reason-stop_sequence',
  'reason-token_limit',
  'refusal-part',
  'tool-calls-then-stop',
  // Thinking within the text it leaves there, and it knows one field for thinking.
  'reasoning-details',
  'reasoning-part-text',
  'think-after-blank',
  'think-empty',
  'think-in-pieces',
  'think-inline',
  'think-lines',
  'think-open',
  'think-twice',
  // It knows no counts under the names of others.
  'usage-groq',
  'usage-other-names',

  // Its parser knows no CR, no open last line, no newline alone between events, and no reply that is no stream.
  'anthropic-cr',
  'gemini-cr',
  'anthropic-last-line-open',
  'gemini-last-line-open',
  'responses-last-line-open',
  'gemini-one-newline',
  'anthropic-json-as-stream',
  'anthropic-json-in-event',
  // It refuses whatever its schema does not foresee.
  'anthropic-unknown',
  'anthropic-citations',
  'anthropic-server-tool',
  'anthropic-no-usage',
  'anthropic-served-by',
  'anthropic-odd-values',
  'anthropic-deltas-of-nothing',
  'gemini-foreign-parts',
  'gemini-odd-values',
  'responses-odd-values',
  // It reads on behind the end, and takes no end for one that has no name it knows.
  'anthropic-after-stop',
  'responses-after-end',
  'anthropic-after-reason',
  'anthropic-no-message-stop',
  'anthropic-no-stop-reason',
  'anthropic-null-stop-reason',
  'anthropic-done-alone',
  'anthropic-stop-something_new',
  'anthropic-tool',
  'responses-tool',
  'responses-tool-whole',
  'gemini-finish-LANGUAGE',
  'gemini-finish-MODEL_ARMOR',
  'gemini-finish-MALFORMED_FUNCTION_CALL',
  'gemini-finish-UNEXPECTED_TOOL_CALL',
  // It overlooks text in the start of a block or in the last event and thinking that is no summary, and mixes candidates.
  'anthropic-text-in-start',
  'responses-no-deltas',
  'responses-reasoning-text',
  'gemini-second-candidate',
]);

const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Hello?' }] }];

const oracles = {
  'anthropic-messages': (fetch: typeof globalThis.fetch) =>
    createAnthropic({ apiKey: 'k', fetch })('claude-sonnet-4-5'),
  gemini: (fetch: typeof globalThis.fetch) => createGoogle({ apiKey: 'k', fetch })('gemini-2.5-flash'),
  'openai-responses': (fetch: typeof globalThis.fetch) => createOpenAI({ apiKey: 'k', fetch }).responses('gpt-5'),
  'openai-chat': (fetch: typeof globalThis.fetch) => createOpenAI({ apiKey: 'k', fetch }).chat('gpt-4.1'),
};

/** Of the presets' recordings: OpenAI's chat as all who are compatible speak it. */
const compatible = (fetch: typeof globalThis.fetch) =>
  createOpenAICompatible({ name: 'vendor', apiKey: 'k', baseURL: 'https://vendor.example/v1', fetch })('m');

/** Thinking within the text, which it leaves there. */
const presetsReadOtherwise: ReadonlySet<string> = new Set(['perplexity', 'openai-compatible']);

const isRead = (wire: string | undefined): wire is CaseWire => wire !== undefined && wire in oracles;
const recordings = [...(await readRecordings())].flatMap(([id, { reply }]) => {
  const wire = presets.find((preset) => preset.id === id)?.wire;
  return isRead(wire) ? [[id, wire, new TextEncoder().encode(reply)] as const] : [];
});

const comparable = allStreams.filter(endsWell);

describe('the AI SDK reads the same', () => {
  const recorded = readVectorStreams()
    // Of OpenAI's chat only what OpenAI sends: its provider knows nothing of what others add.
    .filter(({ id }) => /^rec-(?:anthropic|gemini|openai)/.test(id))
    .map((one) => [one.id, wireOfVector(one), Buffer.from(one.response.body_b64, 'base64')] as const);
  it.runIf(recorded.length > 0).each(recorded)('in the recording %s', async (_id, wire, bytes) => {
    expect(await ourReading(wire, bytes)).toEqual(await oracleReading(wire, bytes));
  });

  it.each(recordings.filter(([id]) => !presetsReadOtherwise.has(id)))(
    "in the preset's recording: %s",
    async (_id, wire, bytes) => {
      expect(await ourReading(wire, bytes)).toEqual(await oracleReading(wire, bytes, compatible));
    },
  );

  it.each(recordings.filter(([id]) => presetsReadOtherwise.has(id)))(
    "but not in the preset's recording: %s",
    async (_id, wire, bytes) => {
      const theirs = await oracleReading(wire, bytes, compatible).catch(() => 'refused');
      expect(theirs).not.toEqual(await ourReading(wire, bytes));
    },
  );

  const own = comparable.filter(({ id }) => !readOtherwise.has(id));
  it.each(own)('in $id: $note', async (one) => {
    const bytes = new Uint8Array(bytesOf(one));
    expect(await ourReading(one.wire, bytes)).toEqual(await oracleReading(one.wire, bytes, compatible));
  });

  it.each(comparable.filter(({ id }) => readOtherwise.has(id)))('but not in $id', async (one) => {
    const bytes = new Uint8Array(bytesOf(one));
    const theirs = await oracleReading(one.wire, bytes, compatible).catch(() => 'refused');
    expect(theirs).not.toEqual(await ourReading(one.wire, bytes));
  });
});

async function oracleReading(
  wire: CaseWire,
  bytes: Bytes,
  chat: typeof compatible = oracles['openai-chat'],
): Promise<Reading> {
  const headers = { 'content-type': 'text/event-stream' };
  const fetch = (): Promise<Response> => Promise.resolve(new Response(bytes, { headers }));
  const oracle = wire === 'openai-chat' ? chat : oracles[wire as keyof typeof oracles];
  const { stream } = await oracle(fetch).doStream({ prompt });
  let [text, thinking, ending, usage] = ['', '', 'none', {}];
  for await (const part of stream) {
    if (part.type === 'text-delta') text += part.delta;
    // Its parts of a summary are paragraphs.
    if (part.type === 'reasoning-start' && thinking !== '') thinking += '\n\n';
    if (part.type === 'reasoning-delta') thinking += part.delta;
    if (part.type === 'error') throw part.error;
    if (part.type !== 'finish') continue;
    const { inputTokens, outputTokens } = part.usage;
    ending = part.finishReason.unified;
    usage = counted({
      inputTokens: inputTokens.total,
      outputTokens: outputTokens.total,
      reasoningTokens: outputTokens.reasoning,
    });
  }
  return { text, thinking, ending, usage };
}

/** In the words of the SDK, which knows no difference between a filter and a model that declines. */
const endings: Readonly<Record<string, string>> = {
  complete: 'stop',
  length: 'length',
  filtered: 'content-filter',
  refused: 'content-filter',
  'tool-calls': 'tool-calls',
};

async function ourReading(wire: CaseWire, bytes: Bytes): Promise<Reading> {
  const io = anIo({ fetch: () => Promise.resolve(new Response(bytes)) });
  const {
    text,
    thinking,
    ending,
    usage = {},
    failure,
  } = await outcomeOf(providerOfWire[wire].stream(aRequest(), endpointOfWire(wire), io));
  expect(failure).toBeUndefined();
  return { text, thinking, ending: endings[ending ?? ''] ?? `ours: ${ending}`, usage: counted(usage) };
}

/** None and zero are one: the SDK fills in what was not said. */
function counted(usage: object): object {
  return Object.fromEntries(Object.entries(usage).filter(([, count]) => count));
}
