// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { options, type VNode } from 'preact';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Ending, Message } from '@/lib/chat/types';
import type { FailureKind } from '@/lib/errors/failure';
import { createStage } from '../panel/stage';
import {
  endpoint,
  makeQuestion,
  makeReply,
  model,
  readySettings,
  startPanel,
  type StartPanelOptions,
} from '../testing/start-panel';
import { ReplyView, type ReplyViewProps } from './reply-view';
import { lazyFailureDetails, lazyFailureWords } from './lazy-failure-words';
import { Thinking } from './thinking';
import { ThreadView } from './thread-view';

beforeAll(() => Promise.all([lazyFailureWords.load(), lazyFailureDetails.load()]));

afterEach(cleanup);

/** What waits for the page to be idle; happy-dom never is. */
const slices: (() => void)[] = [];
vi.stubGlobal('requestIdleCallback', (slice: () => void) => slices.push(slice));
vi.stubGlobal('cancelIdleCallback', () => undefined);

async function start(
  messages: readonly Message[],
  world: NonNullable<StartPanelOptions['world']> = {},
  settings = readySettings,
) {
  const started = startPanel({ messages, world, settings });
  const stage = createStage();
  render(<ThreadView panel={started.panel} stage={stage} />);
  const article = await waitFor(() => {
    const found = document.querySelector('article[data-role="assistant"]');
    expect(found).not.toBeNull();
    return found as HTMLElement;
  });
  return { ...started, stage, article };
}

test('a question shows what went with it and where that is from', async () => {
  await start([
    makeQuestion({
      attachments: [{ id: 'a', kind: 'selection', title: 'Streams', url: 'https://nodejs.org/api', text: 'drain' }],
    }),
    makeReply(),
  ]);
  expect(screen.getByText('“drain”')).toBeTruthy();
  expect(screen.getByText('selection · nodejs.org · 5 characters')).toBeTruthy();
});

describe('a reply says in words that it', () => {
  test.each<[Ending, RegExp]>([
    ['length', /length limit/u],
    ['filtered', /filter stopped/u],
    ['refused', /declined/u],
    ['tool-calls', /asked for a tool/u],
    ['empty', /without any text/u],
    ['cut', /connection ended after 1 word/u],
    ['stopped', /Stopped by you/u],
    ['interrupted', /browser ended this reply after 1 word/u],
  ])('ended as %s', async (state, words) => {
    const { article } = await start([makeQuestion(), makeReply({ state })]);
    expect(article.dataset['state']).toBe(state);
    expect(article.textContent).toMatch(words);
    expect(article.querySelector('[data-part="text"]')?.textContent).toBe('Because.');
  });

  test.each<[FailureKind, RegExp, string | null]>([
    ['auth', /refused the key/u, 'Open settings'],
    ['rate-limit', /too many requests/u, 'Retry'],
    ['model-not-found', /does not have the model/u, 'Choose a model'],
    ['permission', /has no access/u, 'Grant access'],
    ['too-large', /too large/u, null],
  ])('failed with %s, with the one button that helps', async (kind, words, button) => {
    const failure = { kind, host: 'api.example', message: 'upstream words' };
    const { article } = await start([makeQuestion(), makeReply({ state: 'error', parts: [], failure })]);
    expect(article.dataset['failure']).toBe(kind);
    const notice = article.querySelector('.notice');
    expect(notice?.textContent).toMatch(words);
    expect(notice?.textContent).toContain('The provider says: upstream words');
    expect([...(notice?.querySelectorAll('button') ?? [])].map((found) => found.textContent)).toEqual(
      button === null ? ['Details'] : [button, 'Details'],
    );
  });
});

test('a server that refuses extensions gets the line to start it with', async () => {
  const { article } = await start([
    makeQuestion(),
    makeReply({ state: 'error', parts: [], failure: { kind: 'origin-blocked' } }),
  ]);
  expect(article.textContent).toContain(`OLLAMA_ORIGINS=${location.origin}`);
  expect(article.textContent).toContain('This address refuses');
});

describe('a model that is not there', () => {
  const missing = makeReply({
    parts: [],
    state: 'error',
    failure: { kind: 'model-not-found', host: 'h', model: 'small' },
  });
  const native = { ...endpoint, baseUrl: 'http://127.0.0.1:11434' };

  test('is downloaded in one click, and then asked again', async () => {
    const { reply, sentOf } = await start([makeQuestion(), missing], {}, { ...readySettings, endpoints: [native] });
    fireEvent.click(await screen.findByRole('button', { name: 'Download small' }));
    const pull = { endpointId: 'local', model: 'small' };
    await waitFor(() => expect(sentOf('pull-model')).toEqual([{ type: 'pull-model', ...pull }]));
    expect(screen.getByRole('progressbar', { name: 'Downloading small…' })).toBeTruthy();
    reply({ type: 'pull', pull: { ...pull, state: 'done', listedAs: 'small' } });
    fireEvent.click(await screen.findByRole('button', { name: 'Retry', description: '' }));
    await waitFor(() => expect(sentOf('retry')).toMatchObject([{ parentId: 'q1', model }]));
  });

  test('is not offered by a server that can not download it', async () => {
    await start([makeQuestion(), missing]);
    expect(screen.getByRole('button', { name: 'Details' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Download/u })).toBeNull();
  });
});

test('Details looks into a failure with what it says already, once, and leads to its cure', async () => {
  const failure = { kind: 'model-not-found', host: 'api.example', model: 'gone' } as const;
  const { sentOf, reply, calls } = await start([makeQuestion(), makeReply({ state: 'error', parts: [], failure })]);
  const details = screen.getByRole('button', { name: 'Details' });
  expect(details.getAttribute('aria-expanded')).toBe('false');
  fireEvent.click(details);
  await waitFor(() =>
    expect(sentOf('diagnose')).toEqual([{ type: 'diagnose', id: 'r1', endpointId: 'local', model: 'gone', failure }]),
  );
  expect(details.getAttribute('aria-expanded')).toBe('true');
  const host = 'api.example';
  reply({
    type: 'diagnosis',
    id: 'r1',
    diagnosis: { kind: 'model-missing', host, model: 'gone', models: [{ id: 'm' }] },
  });
  fireEvent.click(await screen.findByRole('button', { name: 'm' }));
  await waitFor(() =>
    expect(sentOf('choose')).toEqual([
      { type: 'choose', settings: { model: { endpointId: 'local', model: 'm', label: 'm' } } },
    ]),
  );
  fireEvent.click(details);
  expect(screen.queryByText('The next question goes to m.')).toBeNull();
  fireEvent.click(details);
  expect(screen.getByText('The next question goes to m.')).toBeTruthy();
  expect(sentOf('diagnose')).toHaveLength(1);
  reply({ type: 'diagnosis', id: 'r1', diagnosis: { kind: 'no-key', host } });
  fireEvent.click(await screen.findByRole('button', { name: 'Enter the key' }));
  expect(calls).toEqual(['options edit/local']);
});

test('access is asked for in the click itself', async () => {
  const failure = { kind: 'permission', origin: 'http://127.0.0.1/*' } as const;
  const { calls } = await start([makeQuestion(), makeReply({ state: 'error', parts: [], failure })]);
  fireEvent.click(screen.getByRole('button', { name: 'Grant access' }));
  expect(calls).toEqual(['access http://127.0.0.1/*']);
  expect(await screen.findByText(/Access was not given/u)).toBeTruthy();
});

test.each([
  ['a further version', {}, 'retry'],
  ['the reply to go on, where it had been continued', { continuations: 1 }, 'continue'],
] as const)('access that is given asks for %s', async (_what, change, type) => {
  const failure = { kind: 'permission', origin: 'http://127.0.0.1/*' } as const;
  const { sentOf } = await start([makeQuestion(), makeReply({ state: 'error', failure, ...change })], {
    requestAccess: () => Promise.resolve(true),
  });
  fireEvent.click(screen.getByRole('button', { name: 'Grant access' }));
  await waitFor(() => expect(sentOf(type)).toHaveLength(1));
  expect(sentOf('retry').length + sentOf('continue').length).toBe(1);
});

test('what the clipboard refused is not called copied', async () => {
  await start([makeQuestion(), makeReply()], { copy: () => Promise.reject(new Error('not allowed')) });
  fireEvent.click(screen.getByRole('button', { name: 'Copy answer' }));
  expect(await screen.findByText('Not copied: the browser refused')).toBeTruthy();
  expect(screen.queryByText('Copied')).toBeNull();
});

test('Choose a model opens the list', async () => {
  const { stage } = await start([makeQuestion(), makeReply({ state: 'error', failure: { kind: 'no-model' } })]);
  fireEvent.click(screen.getByRole('button', { name: 'Choose a model' }));
  expect(stage.isPickerOpen.value).toBe(true);
});

test('Retry stays ready while the wait that the provider asked for counts down', async () => {
  const failure = { kind: 'rate-limit', retryAfterMs: 30_000 } as const;
  const { sentOf } = await start([
    makeQuestion(),
    makeReply({ state: 'error', parts: [], failure, finishedAt: Date.now() }),
  ]);
  expect(screen.getByText(/You can retry in \d\d s/u)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Retry' }));
  await waitFor(() => expect(sentOf('retry')).toMatchObject([{ parentId: 'q1' }]));
});

test('a reply that has text goes on where it ended, or starts over', async () => {
  const { sentOf, article } = await start([makeQuestion(), makeReply({ state: 'cut' })]);
  const buttons = [...(article.querySelector('.notice')?.querySelectorAll('button') ?? [])];
  expect(buttons.map(({ textContent }) => textContent)).toEqual(['Continue', 'Start over']);
  fireEvent.click(screen.getByRole('button', { name: 'Continue' }));
  await waitFor(() => expect(sentOf('continue')).toMatchObject([{ messageId: 'r1' }]));
  fireEvent.click(screen.getByRole('button', { name: 'Start over' }));
  await waitFor(() => expect(sentOf('retry')).toMatchObject([{ parentId: 'q1' }]));
});

test('the wait for the first token counts its seconds', async () => {
  const { article } = await start([
    makeQuestion(),
    makeReply({ state: 'streaming', parts: [], createdAt: Date.now() - 12_500 }),
  ]);
  expect(article.textContent).toMatch(/Waiting for small· 1[23] s/u);
  expect(article.getAttribute('aria-busy')).toBe('true');
});

test('a model that is being fetched says how much of it is there, and can be given up', async () => {
  const waiting = { failure: { kind: 'loading', host: 'Chrome' }, until: 0, attempt: 1, percent: 42 } as const;
  const { sentOf, article } = await start([makeQuestion(), makeReply({ state: 'streaming', parts: [], waiting })]);
  expect(article.textContent).toMatch(/Chrome is still loading the model\.42 % downloaded/u);
  expect(screen.queryByRole('button', { name: 'Try now' })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(sentOf('stop')).toMatchObject([{ messageId: 'r1' }]));
});

test('a request that is held back says why and for how long, and can go at once or be given up', async () => {
  const waiting = {
    failure: { kind: 'overloaded', host: 'api.example' },
    until: Date.now() + 9000,
    attempt: 2,
  } as const;
  const { sentOf, article, stage } = await start([
    makeQuestion(),
    makeReply({ state: 'streaming', parts: [], waiting }),
  ]);
  expect(article.textContent).toMatch(/api\.example is overloaded\.Trying again in [89] s/u);
  fireEvent.click(screen.getByRole('button', { name: 'Try now' }));
  await waitFor(() => expect(sentOf('try-now')).toMatchObject([{ messageId: 'r1' }]));
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(sentOf('stop')).toMatchObject([{ messageId: 'r1' }]));
  expect(stage.focusAsked.value).toBe(1);
});

test('long thinking grows in its last piece alone, and its text is as it was', () => {
  const line = `${'thought '.repeat(30)}\n`;
  const grown = (lines: number): string => line.repeat(lines) + 'half a line';
  const view = (text: string) => <Thinking text={text} isRunning startedAt={0} endedAt={undefined} />;
  const { rerender } = render(view(grown(40)));
  const pieces = (): Element[] => [...document.querySelectorAll('.thoughts > .plain')];
  const before = pieces();
  expect(before.length).toBeGreaterThan(3);
  const changed: Node[] = [];
  const observer = new MutationObserver((records) => changed.push(...records.map(({ target }) => target)));
  observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  rerender(view(grown(42)));
  changed.push(...observer.takeRecords().map(({ target }) => target));
  expect(pieces().slice(0, before.length)).toEqual(before);
  expect(changed.filter((node) => before.slice(0, -1).some((piece) => piece.contains(node)))).toEqual([]);
  expect(
    pieces()
      .map(({ textContent }) => textContent)
      .join('\n'),
  ).toBe(grown(42));
  rerender(view('another'));
  expect(pieces().map(({ textContent }) => textContent)).toEqual(['another']);
});

test('thinking is folded away from the answer', async () => {
  const { article } = await start([
    makeQuestion(),
    makeReply({
      parts: [
        { type: 'thinking', text: 'Hm.' },
        { type: 'text', text: 'So.' },
      ],
    }),
  ]);
  const thinking = article.querySelector<HTMLDetailsElement>('details[data-part="thinking"]');
  expect(thinking?.open).toBe(false);
  expect(thinking?.textContent).toContain('Hm.');
  expect(article.querySelector('[data-part="text"]')?.textContent).toBe('So.');
});

test('versions have a way between them', async () => {
  const { sentOf } = await start([makeQuestion(), makeReply(), makeReply({ id: 'r2' })]);
  expect(screen.getByRole('group', { name: 'Version 2 of 2' })).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Next version' }));
  fireEvent.click(screen.getByRole('button', { name: 'Previous version' }));
  await waitFor(() => expect(sentOf('show-branch').map(({ headId }) => headId)).toEqual(['r1']));
});

test('the beginning and the end of an answer are announced, and not its words', async () => {
  const { reply } = await start([makeQuestion(), makeReply({ state: 'streaming', parts: [] })]);
  const region = document.querySelector('.thread > output');
  await waitFor(() => expect(region?.textContent).toBe('Ava is answering.'));
  reply({
    type: 'events',
    conversationId: 'c1',
    events: [{ type: 'text', messageId: 'r1', part: 0, at: 0, text: 'Word' }],
  });
  await screen.findByText('Word');
  expect(region?.textContent).toBe('Ava is answering.');
  reply({
    type: 'events',
    conversationId: 'c1',
    events: [{ type: 'reply-finished', messageId: 'r1', ending: 'complete', time: 1 }],
  });
  await waitFor(() => expect(region?.textContent).toBe('Answer complete.'));
});

test('only the reply that streams is rendered again', async () => {
  const { reply } = await start([
    makeQuestion(),
    makeReply(),
    makeQuestion({ id: 'q2', parentId: 'r1', text: 'And?' }),
    makeReply({ id: 'r2', parentId: 'q2', state: 'streaming', parts: [] }),
  ]);
  const rendered: string[] = [];
  const stop = onRender((vnode) => {
    if (vnode.type === ReplyView) rendered.push((vnode as VNode<ReplyViewProps>).props.message.id);
  });
  for (const [at, text] of ['a', 'b', 'c'].entries()) {
    reply({ type: 'events', conversationId: 'c1', events: [{ type: 'text', messageId: 'r2', part: 0, at, text }] });
    await screen.findByText('abc'.slice(0, at + 1));
  }
  stop();
  expect(rendered).toEqual(['r2', 'r2', 'r2']);
});

/** Calls back before each render of a component: the hook that Preact's own tools use, under its short name. */
function onRender(listener: (vnode: VNode) => void): () => void {
  const hooks = options as { __r?: (vnode: VNode) => void };
  const before = hooks.__r;
  hooks.__r = (vnode) => {
    listener(vnode);
    before?.(vnode);
  };
  return () => {
    if (before) hooks.__r = before;
  };
}

describe('a long conversation', () => {
  const messages = Array.from({ length: 20 }, (_, turn): readonly Message[] => [
    makeQuestion({ id: `q${turn}`, parentId: turn === 0 ? null : `r${turn - 1}` }),
    makeReply({ id: `r${turn}`, parentId: `q${turn}` }),
  ]).flat();
  const shownIds = (): readonly (string | undefined)[] =>
    [...document.querySelectorAll<HTMLElement>('article')].map(({ dataset }) => dataset['messageId']);

  test('opens with its newest messages, and the others follow in their order', async () => {
    await start(messages);
    expect(shownIds()).toEqual(messages.slice(-12).map(({ id }) => id));
    const newest = document.querySelector('[data-message-id="r19"]');
    await waitFor(
      () => {
        slices.splice(0).forEach((slice) => slice());
        expect(shownIds()).toHaveLength(40);
      },
      { timeout: 15_000 },
    );
    expect(shownIds()).toEqual(messages.map(({ id }) => id));
    expect(document.querySelector('[data-message-id="r19"]')).toBe(newest);
  });
});

test('the words of an answer are not counted while it grows', async () => {
  const counted = vi.spyOn(Intl, 'Segmenter');
  await start([makeQuestion(), makeReply({ state: 'streaming' })]);
  expect(counted).not.toHaveBeenCalled();
  counted.mockRestore();
});

describe('a reply of another model than the one that was chosen', () => {
  const fallback = {
    model: { endpointId: 'work', model: 'large', label: 'Large' },
    failure: { kind: 'overloaded', host: 'first.example' },
  } as const;

  test('says who answered, and why', async () => {
    await start([makeQuestion(), makeReply({ servedBy: 'Large · Work', fallback })]);
    expect(screen.getByText('Answered by Large · Work')).toBeTruthy();
    expect(await screen.findByText('first.example is overloaded. Large was asked instead.')).toBeTruthy();
  });

  test('says whom it waits for', async () => {
    await start([
      makeQuestion(),
      makeReply({ state: 'streaming', parts: [], createdAt: Date.now(), servedBy: 'Large · Work', fallback }),
    ]);
    expect(screen.getByText('Waiting for Large · Work')).toBeTruthy();
  });

  test('that failed, too, leads to the settings of the one that failed', async () => {
    const { calls } = await start([
      makeQuestion(),
      makeReply({ state: 'error', parts: [], failure: { kind: 'auth' }, servedBy: 'Large · Work', fallback }),
    ]);
    fireEvent.click(await screen.findByRole('button', { name: 'Open settings' }));
    expect(calls).toEqual(['options edit/work']);
  });
});
