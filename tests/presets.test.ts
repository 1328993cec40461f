/** Every preset against the recorded bytes of its vendor: what is sent, and what is read. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { normalizeAddress } from '@/entrypoints/options/normalize-address';
import { providerChoices } from '@/entrypoints/options/provider-choices';
import { connectPreset, presets } from '@/lib/providers';
import { type Endpoint, onDeviceAddress, type Preset, type ProviderIo } from '@/lib/providers/provider';
import { wires } from '@/lib/providers/wire/index';
import { anEndpoint, anIo, aRequest, type Outcome, outcomeOf } from './support/build-requests';
import { hello, type PresetRecording } from './support/preset-recording';
import { readRecordings } from './support/read-recordings';
import { cutAt, inSteps, streamOf } from './vectors';

const recordings = await readRecordings();
/** The browser's own model is asked without a request: lib/providers/wire/built-in.test.ts. */
const requested = presets.filter(({ baseUrl }) => baseUrl !== onDeviceAddress);
const played = requested.map((preset) => ({ preset, recording: recordings.get(preset.id) }));

test('every preset has its recording, and every recording its preset', () => {
  expect([...recordings.keys()].toSorted()).toEqual(requested.map(({ id }) => id).toSorted());
});

describe.each(played)('$preset.label', ({ preset, recording }) => {
  if (!recording) throw new Error(`tests/presets/${preset.id}.ts is missing`);
  const { request, reply, says, models, source } = recording;
  const bytes = new TextEncoder().encode(reply);

  it('is asked as its vendor wants it', async () => {
    const { sent, io } = recordingIo(preset, reply);
    await outcomeOf(providerOf(preset).stream(asked(recording), endpointOf(preset, recording), io));
    expect(sent).toEqual([{ method: 'POST', ...request }]);
  });

  it('is read, however its bytes are cut', async () => {
    for (const pieces of [[bytes], inSteps(bytes, 1), inSteps(bytes, 7)]) {
      expect(await read(preset, recording, pieces)).toEqual(says);
    }
  });

  it('is cut, and nothing else, when the bytes end before the answer does', async () => {
    const end = new TextEncoder().encode(reply.slice(0, endOfText(reply))).length;
    const [start = new Uint8Array()] = cutAt(bytes, [end]);
    const { text, ending, failure } = await read(preset, recording, [start]);
    expect({ ending, failure }).toEqual({ ending: 'cut', failure: undefined });
    expect(text).not.toBe('');
    expect(says.text).toMatch(new RegExp(`^${RegExp.escape(text)}`));
  });

  it('lists its models', async () => {
    const { sent, io } = recordingIo(preset, models.answer ?? '');
    expect(await providerOf(preset).listModels(endpointOf(preset, recording), io)).toEqual(models.list);
    const { 'content-type': _, ...headers } = request.headers;
    expect(sent).toEqual(
      models.url === undefined ? [] : [{ method: 'GET', url: models.url, headers, body: undefined }],
    );
  });

  it('says where its shape is from, and leads to https only', () => {
    expect(source).toMatch(/github\.com|https:\/\/|koboldcpp|g4f|description/);
    expect(preset.key.url ?? 'https://').toMatch(/^https:\/\//);
  });
});

test('the options offer them by where they are, each with an address that can be saved', () => {
  const at = (place: string): readonly string[] =>
    providerChoices.filter((choice) => choice.place === place).map(({ id }) => id);
  expect(at('anywhere')).toEqual(['openai-compatible', 'codelink-ava']);
  expect(at('computer')).toEqual(presets.filter(({ baseUrl }) => /^(?:http|about):/.test(baseUrl)).map(({ id }) => id));
  expect(at('vendor').length).toBeGreaterThan(20);
  for (const { id, baseUrl, example } of presets) {
    if (baseUrl !== '') expect(normalizeAddress(baseUrl, id)).toMatchObject({ ok: true, url: baseUrl });
    if (example !== undefined) expect(normalizeAddress(example, id)).toMatchObject({ ok: true, url: example });
  }
});

test('what there is to know about an address is said in a sentence', () => {
  expect(normalizeAddress('http://10.0.0.1', 'openai-compatible')).toMatchObject({ warning: 'addressNetworkHttp' });
  expect(normalizeAddress('https://пример.рф', 'openai-compatible')).toMatchObject({
    warning: 'addressForeignLetters',
  });
  expect(normalizeAddress('https://example.com', 'openai-compatible')).not.toHaveProperty('warning');
});

test('a preset is three files: its own, the list, its recording', () => {
  /** Those with a wire of their own, or that screens and builders of tests have for their example. */
  const examples = new Set([
    'ollama',
    'openai',
    'openai-responses',
    'openai-compatible',
    'anthropic',
    'google',
    'codelink-ava',
    'chrome-built-in',
  ]);
  for (const { id } of presets.filter((preset) => !examples.has(preset.id))) {
    const naming = new RegExp(`['/]${id}(?:\\.ts)?'`);
    // What finds the servers of this computer tells some of them by their answers.
    const touched = sources.filter(
      (file) =>
        !/^(?:lib\/doctor|tests\/support\/local-servers)\//.test(file) &&
        (file.endsWith(`/${id}.ts`) || naming.test(sourceOf(file))),
    );
    const three = [`lib/providers/${id}.ts`, 'lib/providers/index.ts', `tests/presets/${id}.ts`];
    expect(touched.toSorted()).toEqual(three.toSorted());
    expect(sourceOf(`lib/providers/${id}.ts`).split('\n').length, id).toBeLessThan(25);
  }
});

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');
const sources = ['lib', 'components', 'entrypoints', 'tests'].flatMap((folder) =>
  readdirSync(`${root}/${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.test)\.tsx?$/.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(root.length + 1).replaceAll('\\', '/')),
);

function sourceOf(file: string): string {
  return readFileSync(`${root}/${file}`, 'utf8');
}

function providerOf(preset: Preset) {
  return connectPreset(preset, (name) => Promise.resolve(wires[name]));
}

function endpointOf(preset: Preset, { baseUrl }: PresetRecording): Endpoint {
  return anEndpoint({ providerId: preset.id, baseUrl: baseUrl ?? preset.baseUrl });
}

function asked({ model }: PresetRecording) {
  return aRequest({ messages: hello, model, maxTokens: 900 });
}

interface Sent {
  readonly url: string;
  readonly method: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

function recordingIo(preset: Preset, answer: string): { readonly sent: readonly Sent[]; readonly io: ProviderIo } {
  const sent: Sent[] = [];
  const fetch: ProviderIo['fetch'] = (url, { method, headers, body }) => {
    const fields: unknown = typeof body === 'string' ? JSON.parse(body) : undefined;
    sent.push({ url, method, headers: Object.fromEntries(new Headers(headers)), body: fields });
    return Promise.resolve(new Response(answer));
  };
  return { sent, io: anIo({ fetch, key: preset.key.needed === 'no' ? '' : 'key-1234' }) };
}

async function read(preset: Preset, recording: PresetRecording, pieces: readonly Uint8Array[]): Promise<Outcome> {
  const io = anIo({ fetch: () => Promise.resolve(new Response(streamOf(pieces))) });
  return outcomeOf(providerOf(preset).stream(asked(recording), endpointOf(preset, recording), io));
}

/** Where the message begins that finishes the reply. */
function endOfText(reply: string): number {
  return reply.search(
    /[^\n]*"(?:finish_reason|finishReason|done_reason|stop_reason)":"|[^\n]*"type":"response\.completed"|data: \[DONE\]/,
  );
}
