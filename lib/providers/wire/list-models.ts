import { ChatError } from '@/lib/errors/failure';
import { openBytes } from '@/lib/stream/byte-reader';
import { asArray, asRecord, asText, parseJson } from '@/lib/stream/json';
import { readBody } from '@/lib/stream/read-body';
import type { ModelListing, ProviderIo } from '../provider';
import { failureOfResponse } from './http-failure';
import { sendRequest, type RequestParts } from './send-request';

const limits = { maxBytes: 16 * 1024 * 1024, withinMs: 60_000 } as const;

/** Models that don't chat, by their usual names: offered, but after all others. */
const isNoChat =
  /embed|whisper|\btts|dall-e|moderation|rerank|transcri|-image|sora-|realtime|babbage|davinci|instruct$|codex|computer-use|deep-research|audio|search/i;

/**
 * The models of an endpoint: those that chat first, by name, numbers by size. Reads OpenAI's `data[].id`, a bare list, and
 * `models[].name`, or what `readModel` makes of an item: one without identifier is left out. Throws `ChatError`,
 * `not-an-api` when the answer is no list of models.
 */
export async function listModels(
  url: string,
  headers: RequestParts['headers'],
  io: ProviderIo,
  readModel = readUsualModel,
): Promise<readonly ModelListing[]> {
  const response = await sendRequest(url, { method: 'GET', headers }, io);
  const context = { url, ...io, model: '' };
  if (!response.ok) throw new ChatError(await failureOfResponse(response, context, io.signal));
  const { text, ended } = await readBody(openBytes(response.body, io.signal), limits);
  const { host } = new URL(url);
  if (ended === 'too-long') throw new ChatError({ kind: 'too-much-data', host });
  if (ended !== 'end') throw new ChatError({ kind: 'network', host });
  const list = listIn(parseJson(text.trim()));
  if (!list) throw new ChatError({ kind: 'not-an-api', status: response.status, host });

  const models = new Map(list.map(readModel).map((model) => [model.id, model]));
  models.delete('');
  const byName = new Intl.Collator('en', { numeric: true });
  return [...models.values()].toSorted(
    (one, other) => Number(isNoChat.test(one.id)) - Number(isNoChat.test(other.id)) || byName.compare(one.id, other.id),
  );
}

function listIn(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return asArray(value);
  const list = asRecord(value)?.['data'] ?? asRecord(value)?.['models'];
  // Ollama without a single model says `{"object": "list", "data": null}`.
  if (asRecord(value)?.['object'] === 'list' && (list === null || list === undefined)) return [];
  return Array.isArray(list) ? asArray(list) : undefined;
}

function readUsualModel(value: unknown): ModelListing {
  if (typeof value === 'string') return { id: value };
  const model = asRecord(value) ?? {};
  const id = asText(model['id']) || asText(model['name']) || asText(model['model']);
  // gpt4free has its providers among the models, with their names in `owned_by`.
  const owner = model['provider'] === true ? asText(model['owned_by']) : '';
  const label = asText(model['display_name']) || asText(model['id'] === undefined ? '' : model['name']) || owner;
  return label === '' || label === id ? { id } : { id, label };
}
