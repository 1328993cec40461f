import { type Failure, toFailure } from '@/lib/errors/failure';
import { openBytes } from '@/lib/stream/byte-reader';
import { createUtf8Decoder } from '@/lib/stream/decode-utf8';
import { asRecord, asText, parseJson } from '@/lib/stream/json';
import { createLineSplitter } from '@/lib/stream/split-lines';
import type { ProviderIo, PullEnd, PullProgress, PullReason } from '../provider';
import { type Asking, postJson } from './ask';
import { errorIn } from './error-frame';
import { type FailureContext, failureOfFrame, failureOfResponse } from './http-failure';
import { createPullProgress } from './pull-progress';

/** A line of a download is short; whoever sends a longer one is no Ollama. In UTF-16 units. */
const longestLine = 64 * 1024;

/** Downloads a model through Ollama (https://docs.ollama.com/api/pull). The contract is that of `PullModel`. */
export async function pullFromOllama(
  { url, headers, model }: Omit<Asking, 'body'>,
  io: ProviderIo,
  tell: (progress: PullProgress) => void,
): Promise<PullEnd> {
  const context = { url, ...io, model };
  try {
    const response = await postJson({ url, headers, body: { model, stream: true } }, io);
    if (!response.ok) return endedBy(await failureOfResponse(response, context, io.signal));
    return await readPull(response, context, io, tell);
  } catch (error) {
    io.signal.throwIfAborted();
    return endedBy(toFailure(error));
  }
}

/** Only `success` is the end of a whole model: bytes that end without it, or that stay away, have been cut off. */
async function readPull(
  response: Response,
  context: FailureContext,
  io: ProviderIo,
  tell: (progress: PullProgress) => void,
): Promise<PullEnd> {
  const bytes = openBytes(response.body, io.signal);
  const decode = createUtf8Decoder();
  const lines = createLineSplitter();
  const progressAfter = createPullProgress();
  let told = '';
  let isForeign = false;

  /** The end, if this line is it. */
  function take(text: string): PullEnd | undefined {
    if (text.trim() === '') return undefined;
    const line = asRecord(parseJson(text));
    const error = errorIn(line);
    if (error !== undefined) return endedBy(failureOfFrame(error, response.headers, context));
    const status = asText(line?.['status']);
    // A torn line says nothing, but is none of another API either.
    isForeign ||= line ? status === '' : !text.startsWith('{');
    if (!line || status === '') return undefined;
    if (status === 'success') return { isComplete: true };
    const progress = progressAfter(line);
    const news = `${progress.step} ${progress.percent}`;
    if (news !== told) tell(progress);
    told = news;
    return undefined;
  }

  try {
    for (;;) {
      const chunk = await bytes.read(io.silenceMs);
      const isLast = typeof chunk === 'string';
      const whole = isLast ? lines.push(decode()) : lines.push(decode(chunk));
      // The last line may have no end of its own, and its connection stay open.
      const open = lines.open().slice(0, longestLine);
      for (const text of isLast || isSuccess.test(open) ? [...whole, open] : whole) {
        const end = take(text);
        if (end) return end;
      }
      if (isLast || lines.open().length > longestLine) break;
    }
  } finally {
    bytes.close();
  }
  const { host } = new URL(context.url);
  if (told === '' && isForeign) return endedBy({ kind: 'not-an-api', status: response.status, host });
  return { isComplete: false, reason: 'cut', failure: { kind: 'network', host, model: context.model } };
}

const isSuccess = /"success"\s*\}\s*$/;

function endedBy(failure: Failure): PullEnd {
  return { isComplete: false, reason: reasonOf(failure), failure };
}

/** Of what went wrong behind the server it gives its words only. */
function reasonOf({ kind, message = '' }: Failure): PullReason {
  return (
    reasons.find(([, words]) => words.test(message))?.[0] ?? (kind === 'model-not-found' ? 'unknown-model' : 'other')
  );
}

/** The first that fits. A download that fails after many tries says why behind that. */
const reasons: readonly (readonly [PullReason, RegExp])[] = [
  ['no-space', /no space left|not enough space|disk quota|disk is full/i],
  ['old-server', /newer version of ollama/i],
  ['unknown-model', /manifest: (?:file does not exist|.*\bnot found)|invalid model (?:name|path)|manifest unknown/i],
  [
    'offline',
    /dial tcp|no such host|lookup .*: |i\/o timeout|tls handshake|connection (?:reset|refused)|unreachable|max retries|unexpected EOF/i,
  ],
];
