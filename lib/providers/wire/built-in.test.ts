import { describe, expect, test, vi } from 'vitest';
import type { ChatError } from '@/lib/errors/failure';
import { anEndpoint, anIo, aRequest, type Outcome, outcomeOf } from '@/tests/support/build-requests';
import { contractCases, playContractCase } from '@/tests/support/built-in-contract';
import {
  createFakeLanguageModel,
  type FakeLanguageModel,
  type FakeModelOptions,
} from '@/tests/support/fake-language-model';
import type { Endpoint, ModelRequest, ProviderIo } from '../provider';
import { createBuiltIn } from './built-in';

function wireOf(model: FakeLanguageModel | undefined, language = 'en-GB') {
  return createBuiltIn({ find: () => model, language: () => language });
}

interface AskOptions {
  readonly request?: Partial<ModelRequest>;
  readonly endpoint?: Partial<Endpoint>;
  readonly io?: Partial<ProviderIo>;
  readonly language?: string;
}

const noFetch: ProviderIo['fetch'] = () => Promise.reject(new Error('nothing is to be fetched'));

function stream(model: FakeLanguageModel | undefined, { request, endpoint, io, language }: AskOptions = {}) {
  const world = { ...anIo({ fetch: noFetch, ...io }), quirks: {} };
  return wireOf(model, language).stream(aRequest(request), anEndpoint(endpoint), world);
}

async function ask(options: FakeModelOptions = {}, asked: AskOptions = {}) {
  const model = createFakeLanguageModel(options);
  return { model, session: () => model.sessions[0], outcome: await outcomeOf(stream(model, asked)) };
}

const failed = (kind: string, more: object = {}): Partial<Outcome> => ({
  failure: expect.objectContaining({ kind, host: 'Chrome', ...more }) as ChatError['failure'],
});

describe('the contract', () => {
  test.each(contractCases)('$name', async (contractCase) => {
    const model = createFakeLanguageModel();
    const outcomes = await playContractCase(contractCase, wireOf(model));
    expect(outcomes).toHaveLength(contractCase.times ?? 1);
    const hasText = contractCase.becomes !== 'context-length';
    for (const outcome of outcomes) expect(outcome).toEqual({ became: contractCase.becomes, hasText });
    expect(model.sessions).toHaveLength(contractCase.times ?? 1);
    expect(model.sessions.filter(({ destroyed }) => destroyed === 0)).toEqual([]);
  });
});

describe('what the model is told', () => {
  test('is the system prompt and what was said before as its beginning, and the question as its prompt', async () => {
    const before = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'One?' },
      { role: 'assistant', content: 'One.' },
    ] as const;
    const question = { role: 'user', content: 'Two?' } as const;
    const { session } = await ask({}, { request: { messages: [...before, question] } });
    expect(session()?.options.initialPrompts).toEqual(before);
    expect(session()?.prompts).toEqual([[question]]);
  });

  test('is no empty beginning for a first question', async () => {
    const { session } = await ask();
    expect(session()?.options).not.toHaveProperty('initialPrompts');
  });

  test.each([
    ['en-GB', ['en'], ['en']],
    ['ja', ['en', 'ja'], ['ja']],
  ])('in %s: the languages %j are expected, and %j to answer in', async (language, inputs, outputs) => {
    const { session } = await ask({}, { language });
    expect(session()?.options.expectedInputs).toEqual([{ type: 'text', languages: inputs }]);
    expect(session()?.options.expectedOutputs).toEqual([{ type: 'text', languages: outputs }]);
  });

  test('in a language it is not made for, no language is asked for, and it answers', async () => {
    const { session, outcome } = await ask({}, { language: 'ru' });
    expect(outcome).toMatchObject({ text: 'Hello there.', ending: 'complete' });
    expect(session()?.options).not.toHaveProperty('expectedOutputs');
  });

  test.each<[string, AskOptions, FakeModelOptions, object]>([
    ['nothing was set', {}, {}, {}],
    ['a temperature was set', { request: { temperature: 0.2 } }, {}, { temperature: 0.2, topK: 3 }],
    ['a number of tokens to choose from was set', { endpoint: { body: { topK: 8 } } }, {}, { temperature: 1, topK: 8 }],
    ['the browser has no such choice', { request: { temperature: 0.2 } }, { hasParams: false }, {}],
  ])('where %s: the sampling that it takes', async (_what, asked, options, sampling) => {
    const { session, outcome } = await ask(options, asked);
    const { temperature, topK } = session()?.options ?? {};
    expect(JSON.parse(JSON.stringify({ temperature, topK }))).toEqual(sampling);
    expect(outcome.ending).toBe('complete');
  });
});

describe('an answer', () => {
  test('is the pieces one after the other, equal ones and those that begin like it, too', async () => {
    const { outcome } = await ask({ answer: ['4', '4', '44'] });
    expect(outcome).toEqual({ text: '4444', thinking: '', served: '', ending: 'complete' });
  });

  test('that is nothing ends as complete: the turn calls it empty', async () => {
    expect((await ask({ answer: [] })).outcome).toMatchObject({ text: '', ending: 'complete' });
  });

  test('that falls silent in its middle is cut, and its session gone', async () => {
    const { session, outcome } = await ask({ answer: ['Hel', null] }, { io: { silenceMs: 5 } });
    expect(outcome).toMatchObject({ text: 'Hel', ending: 'cut' });
    expect(session()?.destroyed).toBe(1);
  });

  test.each([
    ['NotReadableError', 'filtered'],
    ['AbortError', 'cut'],
    ['InvalidStateError', 'cut'],
  ])('that ends with %s is %s', async (name, ending) => {
    const { session, outcome } = await ask({ answer: ['Hel', new DOMException('no more', name)] });
    expect(outcome).toMatchObject({ text: 'Hel', ending });
    expect(session()?.destroyed).toBe(1);
  });

  test('whose session the browser ends is cut', async () => {
    const model = createFakeLanguageModel({ answer: ['Hel', null] });
    const parts = stream(model)[Symbol.asyncIterator]();
    expect(await parts.next()).toMatchObject({ value: { text: 'Hel' } });
    const next = parts.next();
    model.tear();
    expect(await next).toEqual({ done: false, value: { type: 'finish', ending: 'cut' } });
  });

  test.each([
    ['before its first piece', [null]],
    ['in its middle', ['Hel', null]],
  ] as const)('is stopped %s, with the reason of the signal, and its session is gone', async (_when, answer) => {
    const stop = new AbortController();
    const model = createFakeLanguageModel({ answer });
    const came: unknown[] = [];
    const streaming = (async () => {
      for await (const part of stream(model, { io: { signal: stop.signal } })) came.push(part);
    })();
    await vi.waitFor(() => expect([model.sessions.length, came.length]).toEqual([1, answer.length - 1]));
    stop.abort(new Error('Stop'));
    await expect(streaming).rejects.toBe(stop.signal.reason);
    expect(model.sessions[0]?.destroyed).toBeGreaterThan(0);
  });

  test('is not begun when Stop was first', async () => {
    const signal = AbortSignal.abort(new Error('Stop'));
    const model = createFakeLanguageModel();
    const parts = stream(model, { io: { signal } })[Symbol.asyncIterator]();
    await expect(parts.next()).rejects.toBe(signal.reason);
    expect(model.sessions).toEqual([]);
  });

  test('nobody waits for any more has no session', async () => {
    const model = createFakeLanguageModel({ answer: ['Hel', 'lo', null] });
    for await (const part of stream(model)) if (part.type === 'text') break;
    await vi.waitFor(() => expect(model.sessions[0]?.destroyed).toBe(1));
  });
});

describe('what keeps the model from answering', () => {
  test('a browser without one', async () => {
    expect(await outcomeOf(stream(undefined))).toMatchObject(failed('unavailable-here'));
  });

  test('a browser that will not tell', async () => {
    const refusing = { ...createFakeLanguageModel(), availability: () => Promise.reject(new TypeError('no')) };
    expect(await outcomeOf(stream(refusing))).toMatchObject(failed('unavailable-here'));
  });

  test.each([
    ['unavailable', 'unavailable-here'],
    ['downloadable', 'not-downloaded'],
  ] as const)('one that is %s, and no download is begun', async (availability, kind) => {
    const { model, outcome } = await ask({ availability });
    expect(outcome).toMatchObject(failed(kind));
    expect(await model.availability({})).toBe(availability);
  });

  test.each([
    ['NotAllowedError', 'forbidden'],
    ['NotSupportedError', 'unavailable-here'],
    ['NetworkError', 'not-downloaded'],
    ['OperationError', 'server'],
    ['InvalidStateError', 'server'],
    ['UnknownError', 'server'],
  ])('%s while it is made ready is the failure %s', async (name, kind) => {
    const { outcome } = await ask({ createFails: new DOMException('said the browser', name) });
    expect(outcome).toMatchObject(failed(kind, { message: 'said the browser' }));
  });

  test.each([
    ['NotAllowedError', 'forbidden'],
    ['NotReadableError', 'content-filter'],
    ['NotSupportedError', 'bad-request'],
    ['UnknownError', 'server'],
    ['AbortError', 'server'],
  ])('%s before the answer is the failure %s, and the session is gone', async (name, kind) => {
    const { session, outcome } = await ask({ answer: [new DOMException('said the browser', name)] });
    expect(outcome).toMatchObject({ text: '', ...failed(kind, { message: 'said the browser' }) });
    expect(session()?.destroyed).toBe(1);
  });

  test('an error in the middle that is no end keeps its text', async () => {
    const { outcome } = await ask({ answer: ['Hel', new DOMException('', 'UnknownError')] });
    expect(outcome).toMatchObject({ text: 'Hel', ...failed('server') });
    expect(outcome.failure).not.toHaveProperty('message');
  });

  test('a temperature below nothing', async () => {
    expect((await ask({}, { request: { temperature: -1 } })).outcome).toMatchObject(failed('bad-request'));
  });

  test('what is no error of the browser is one of ours', async () => {
    const { outcome } = await ask({ createFails: new TypeError('x is undefined') });
    expect(outcome.failure).toEqual({ kind: 'bug', message: 'TypeError: x is undefined' });
  });

  const long = { role: 'user', content: 'word '.repeat(30).trim() } as const;
  test.each<[string, ModelRequest['messages'], FakeModelOptions, string]>([
    ['a question', [long], {}, '30 / 20'],
    ['what was said before', [long, { role: 'user', content: 'So?' }], {}, '30 / 20'],
    ['a question, to a browser that names no numbers', [long], { isOld: true }, '? / 20'],
  ])('%s that is too long, with its numbers', async (_what, messages, options, numbers) => {
    const { outcome } = await ask({ contextWindow: 20, ...options }, { request: { messages } });
    expect(outcome).toMatchObject(failed('context-length', { message: `The input is too large. · ${numbers}` }));
  });
});

describe('a download that is under way', () => {
  test('is waited for, with every new whole percent once', async () => {
    const model = createFakeLanguageModel({ availability: 'downloading' });
    const parts = stream(model)[Symbol.asyncIterator]();
    const percents: unknown[] = [(await parts.next()).value];
    for (const loaded of [0.5, 0.504, 0.4, 0.99]) {
      model.progress(loaded);
      if (loaded === 0.5 || loaded === 0.99) percents.push((await parts.next()).value);
    }
    expect(percents).toEqual([0, 50, 99].map((percent) => ({ type: 'download', percent, host: 'Chrome' })));
    model.finishDownload();
    expect(await parts.next()).toEqual({ done: false, value: { type: 'text', text: 'Hello' } });
    await parts.return?.(undefined);
  });

  test('that breaks off is told', async () => {
    const model = createFakeLanguageModel({ availability: 'downloading' });
    const parts = stream(model)[Symbol.asyncIterator]();
    expect(await parts.next()).toMatchObject({ value: { type: 'download', percent: 0 } });
    model.failDownload(new DOMException('connection lost', 'NetworkError'));
    await expect(parts.next()).rejects.toMatchObject(failed('not-downloaded', { message: 'connection lost' }));
  });

  test('is no longer waited for when Stop is pressed', async () => {
    const stop = new AbortController();
    const model = createFakeLanguageModel({ availability: 'downloading' });
    const parts = stream(model, { io: { signal: stop.signal } })[Symbol.asyncIterator]();
    expect(await parts.next()).toMatchObject({ value: { type: 'download', percent: 0 } });
    const next = parts.next();
    stop.abort(new Error('Stop'));
    await expect(next).rejects.toBe(stop.signal.reason);
    expect(model.sessions).toEqual([]);
  });
});

describe('the list of models', () => {
  const list = (model: FakeLanguageModel | undefined) =>
    wireOf(model).listModels(anEndpoint({ label: 'Mine' }), { ...anIo({ fetch: noFetch }), quirks: {} });

  test.each(['downloadable', 'downloading', 'available'] as const)(
    'is one without a name while it is %s',
    async (is) => {
      expect(await list(createFakeLanguageModel({ availability: is }))).toEqual([{ id: '', label: 'Mine' }]);
    },
  );

  test('says where there is none', async () => {
    const none = { failure: { kind: 'unavailable-here', host: 'Chrome' } };
    await expect(list(undefined)).rejects.toMatchObject(none);
    await expect(list(createFakeLanguageModel({ availability: 'unavailable' }))).rejects.toMatchObject(none);
  });
});
