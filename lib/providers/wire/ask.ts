import type { Endpoint, ModelRequest, ProviderIo, StreamPart } from '../provider';
import { ChatError } from '@/lib/errors/failure';
import { readReply } from './read-reply';
import type { ReplyFormat } from './reply-format';
import { type RequestParts, sendRequest } from './send-request';

export interface Asking {
  readonly url: string;
  readonly headers: RequestParts['headers'];
  /** What is undefined in it is not written into JSON. */
  readonly body: object;
  /** The model that is asked, '' where the wire has none. */
  readonly model: string;
}

/** Sends a request for an answer and yields what its reply says. The contract is that of `Wire.stream`. */
export async function* ask(asking: Asking, format: ReplyFormat, io: ProviderIo): AsyncGenerator<StreamPart> {
  const { url, model } = asking;
  yield* readReply(await postJson(asking, io), format, { url, ...io, model }, io);
}

export function postJson({ url, headers, body }: Omit<Asking, 'model'>, io: ProviderIo): Promise<Response> {
  const parts = { method: 'POST', headers: [['Content-Type', 'application/json'], ...headers] } as const;
  return sendRequest(url, { ...parts, body: JSON.stringify(body) }, io);
}

/** The key, where there is one, in its header, and the endpoint's own headers, which win. */
export function headersOf(endpoint: Endpoint, io: ProviderIo, key: readonly [string, string]): RequestParts['headers'] {
  return [...(io.key === '' ? [] : [key]), ...Object.entries(endpoint.headers)];
}

/** Throws `no-model` where neither the request nor the endpoint's own body names one. */
export function requireModel({ model }: ModelRequest, { body }: Endpoint): void {
  if (model === '' && body['model'] === undefined) throw new ChatError({ kind: 'no-model' });
}
