import { ChatError } from '@/lib/errors/failure';
import type { Endpoint, ModelRequest, ProviderIo, StreamPart, Wire } from '../provider';
import { builtInHost, endingOfError, failureOfModel } from './built-in-failure';
import {
  type BuiltInWorld,
  findModel,
  type FoundModel,
  type LanguageModelFactory,
  type LanguageModelMessage,
  type LanguageModelSession,
  monitorDownload,
} from './language-model';

/**
 * The model that the browser brings along (see `language-model.ts`). No request is made: nothing goes through the door.
 * Every answer has a session of its own, which is destroyed whatever happens. A download is not begun here but on the
 * user's click in the settings: it is of gigabytes; one that is under way is waited for.
 */
export function createBuiltIn(world: BuiltInWorld): Wire {
  return {
    async *stream(request, endpoint, io): AsyncGenerator<StreamPart> {
      const found = await findModel(world);
      io.signal.throwIfAborted();
      const { factory, options } = requireModel(found);
      const progress = createProgress();
      const creating = createSession(factory, request, endpoint, {
        ...options,
        monitor: monitorDownload(progress.tell),
        signal: io.signal,
      });
      // Told below, where it is waited for.
      creating.catch(() => undefined);
      try {
        if (found.availability === 'downloading') yield* progress.until(creating);
        const session = await creating.catch(failAs('create', io));
        yield* readAnswer(session, request.messages.slice(-1), io);
      } finally {
        creating.then(
          (session) => {
            session.destroy();
          },
          // There is none.
          () => undefined,
        );
      }
    },
    /** One without a name, as long as there is one to be had: the settings say what it lacks. */
    async listModels({ label }) {
      const { availability } = await findModel(world);
      if (availability === 'unavailable') throw new ChatError({ kind: 'unavailable-here', host: builtInHost });
      return [{ id: '', label }];
    },
  };
}

function requireModel(found: FoundModel): Exclude<FoundModel, { availability: 'unavailable' }> {
  if (found.availability === 'unavailable') throw new ChatError({ kind: 'unavailable-here', host: builtInHost });
  if (found.availability === 'downloadable') throw new ChatError({ kind: 'not-downloaded', host: builtInHost });
  return found;
}

async function createSession(
  factory: LanguageModelFactory,
  request: ModelRequest,
  endpoint: Endpoint,
  options: Parameters<LanguageModelFactory['create']>[0],
): Promise<LanguageModelSession> {
  const before = request.messages.slice(0, -1);
  return factory.create({
    ...options,
    ...(await samplingOf(request, endpoint, factory)),
    // An empty list would count as an empty question.
    ...(before.length > 0 && { initialPrompts: before.map(({ role, content }) => ({ role, content })) }),
  });
}

/** Only what the user has set, and then both: Chrome takes neither alone. `topK` is an extra body field. */
async function samplingOf(
  { temperature }: ModelRequest,
  { body }: Endpoint,
  factory: LanguageModelFactory,
): Promise<{ readonly temperature?: number; readonly topK?: number }> {
  const topK = typeof body['topK'] === 'number' ? body['topK'] : undefined;
  if (temperature === undefined && topK === undefined) return {};
  const params = await factory.params?.();
  if (!params) return {};
  return { temperature: temperature ?? params.defaultTemperature, topK: topK ?? params.defaultTopK };
}

/** The contract is that of `Wire.stream`. */
async function* readAnswer(
  session: LanguageModelSession,
  question: readonly LanguageModelMessage[],
  io: ProviderIo,
): AsyncGenerator<StreamPart> {
  let hasBegun = false;
  try {
    const reader = session.promptStreaming(question, { signal: io.signal }).getReader();
    for (;;) {
      const piece = await (hasBegun ? within(io.silenceMs, reader.read()) : reader.read());
      if (!piece || piece.done) {
        yield { type: 'finish', ending: piece ? 'complete' : 'cut' };
        return;
      }
      hasBegun = true;
      yield { type: 'text', text: piece.value };
    }
  } catch (error) {
    io.signal.throwIfAborted();
    const ending = hasBegun ? endingOfError(error) : undefined;
    if (!ending) failAs('prompt', io, session)(error);
    else yield { type: 'finish', ending };
  }
}

/** Throws what an error means; the signal's reason where that was aborted. */
function failAs(step: 'create' | 'prompt', io: ProviderIo, session?: LanguageModelSession): (error: unknown) => never {
  return (error) => {
    io.signal.throwIfAborted();
    const contextWindow = session?.contextWindow ?? session?.inputQuota;
    const failure = failureOfModel(error, { step, contextWindow });
    throw failure ? new ChatError(failure, { cause: error }) : error;
  };
}

/** undefined when it took longer. */
async function within<Result>(ms: number, coming: Promise<Result>): Promise<Result | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(late.resolve, ms, undefined);
  try {
    return await Promise.race([coming, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

interface Progress {
  tell(percent: number): void;
  /** Yields how far it is, at once and then whenever it is further, until this is settled. */
  until(creating: Promise<unknown>): AsyncGenerator<StreamPart>;
}

function createProgress(): Progress {
  let percent = 0;
  let further = Promise.withResolvers<void>();
  return {
    tell: (now) => {
      percent = now;
      further.resolve();
    },
    async *until(creating) {
      const settled = creating.then(
        () => true,
        // Who waits for it is told why.
        () => true,
      );
      for (;;) {
        further = Promise.withResolvers();
        yield { type: 'download', percent, host: builtInHost };
        if ((await Promise.race([settled, further.promise])) === true) return;
      }
    },
  };
}
