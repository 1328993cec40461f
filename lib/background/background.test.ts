import { describe, expect, test, vi } from 'vitest';
import { answerText } from '@/lib/chat/branches';
import type { Reply } from '@/lib/chat/types';
import { ChatError } from '@/lib/errors/failure';
import type { Panel } from '@/lib/panel/panel';
import { createChannelPair } from '@/lib/protocol/channel';
import type { FromPage, ToPage } from '@/lib/protocol/messages';
import { createMemoryKeyValue, type KeyValue } from '@/lib/store/key-value';
import { loadConversation } from '@/lib/store/conversation-log';
import { type Settings, settingsKey } from '@/lib/store/settings';
import { createRig } from '@/tests/support/background-and-pages';
import { endpoint, someModel } from '@/tests/support/build-chat';

const until = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 4000, interval: 5 });

const reply = (panel: Panel): Reply => {
  const last = panel.thread.messages.value.at(-1)?.message;
  if (last?.role !== 'assistant') throw new Error('no reply is shown');
  return last;
};

async function ask(panel: Panel, text: string): Promise<void> {
  await until(() => {
    expect(panel.models.chosen.value).toBeDefined();
  });
  panel.composer.setText(text);
  panel.composer.send();
  await until(() => {
    expect(reply(panel).state).toBe('streaming');
  });
}

const shows = (panel: Panel, text: string): Promise<void> =>
  until(() => {
    expect(answerText(reply(panel))).toBe(text);
  });

/** What was selected on a page. */
const attachment = { id: 'a1', kind: 'selection', title: 'Page', url: 'https://example.com/', text: 'Words' } as const;

describe('background and panels', () => {
  test('an answer streams into the panel and is on disk when it ends', async () => {
    const rig = createRig();
    const panel = rig.openPanel();
    await ask(panel, 'hello');
    rig.provider.write({ type: 'thinking', text: 'hm' });
    rig.provider.write({ type: 'text', text: 'Hi ' });
    rig.provider.write({ type: 'text', text: 'there' });
    rig.provider.write({ type: 'finish', ending: 'complete', usage: { outputTokens: 2 } });
    await until(() => {
      expect(reply(panel)).toMatchObject({ state: 'complete', usage: { outputTokens: 2 } });
    });
    expect(reply(panel).parts).toMatchObject([
      { type: 'thinking', text: 'hm' },
      { type: 'text', text: 'Hi there' },
    ]);
    const id = panel.thread.conversationId.value ?? '';
    await until(async () => {
      const stored = await loadConversation(rig.store, id);
      expect(stored?.head.open.count).toBe(0);
      expect(stored?.conversation).toEqual(panel.thread.conversation.value);
    });
    expect(panel.composer.text.value).toBe('');
  });

  test('the question is on disk before the request is sent', async () => {
    const rig = createRig();
    const panel = rig.openPanel();
    await until(() => {
      expect(panel.models.chosen.value).toBeDefined();
    });
    panel.composer.setText('first on disk');
    panel.composer.send();
    await until(() => {
      expect(rig.provider.requests).toHaveLength(1);
    });
    const stored = await loadConversation(rig.store, panel.thread.conversationId.value ?? '');
    expect(stored?.conversation.messages).toMatchObject([{ text: 'first on disk' }, { state: 'streaming' }]);
  });

  test('one read and one write come before the request of a new chat, and the key is looked up beside them', async () => {
    const memory = createMemoryKeyValue();
    const acts: string[] = [];
    const store: KeyValue = {
      get: (keys) => {
        acts.push(`get ${keys.join(' ')}`);
        return memory.get(keys);
      },
      set: (records) => {
        acts.push(`set ${Object.keys(records).join(' ')}`);
        return memory.set(records);
      },
      remove: (keys) => memory.remove(keys),
      keys: () => {
        acts.push('keys');
        return memory.keys();
      },
    };
    const findKey = (): Promise<string> => {
      acts.push('key');
      return Promise.resolve('');
    };
    const rig = createRig({ store, findKey });
    const panel = rig.openPanel();
    await ask(panel, 'what is known is read');
    rig.provider.write({ type: 'finish', ending: 'complete' });
    await until(async () => {
      expect((await memory.get(['running']))['running']).toEqual({ v: 1, items: [] });
    });
    panel.newChat();
    acts.splice(0);
    panel.composer.setText('first on disk');
    panel.composer.send();
    await until(() => {
      expect(rig.provider.requests).toHaveLength(2);
    });
    const id = panel.thread.conversationId.value ?? '';
    const isOfPage = (act: string): boolean => /^\w+ (?:draft|view)\//u.test(act);
    const before = acts.filter((act) => !isOfPage(act)).slice(0, 3);
    expect(before).toEqual([`get chat/${id}`, 'key', `set running chat/${id} chat/${id}/0 list/0`]);
    expect(acts).not.toContain('keys');
  });

  test('a panel opened in mid-stream ends up the same as one that saw it all', async () => {
    const rig = createRig();
    const first = rig.openPanel(1);
    await ask(first, 'hello');
    rig.provider.write({ type: 'text', text: 'one ' });
    await shows(first, 'one ');
    const second = rig.openPanel(2);
    await until(() => {
      expect(second.thread.conversation.value).toBeDefined();
    });
    rig.provider.write({ type: 'text', text: 'two' });
    rig.provider.write({ type: 'finish', ending: 'length' });
    await until(() => {
      expect(reply(second).state).toBe('length');
    });
    await until(() => {
      expect(second.thread.conversation.value).toEqual(first.thread.conversation.value);
    });
  });

  test('an update waits for the answers that are being written', async () => {
    const rig = createRig();
    const panel = rig.openPanel();
    await rig.background().turnsEnded();
    await ask(panel, 'hello');
    let isReady = false;
    void rig
      .background()
      .turnsEnded()
      .then(() => {
        isReady = true;
      });
    rig.provider.write({ type: 'text', text: 'one' });
    await shows(panel, 'one');
    expect(isReady).toBe(false);
    rig.provider.write({ type: 'finish', ending: 'complete' });
    await until(() => {
      expect(isReady).toBe(true);
    });
  });

  test('Stop ends the reply, and nothing is shown after it', async () => {
    const rig = createRig();
    const panel = rig.openPanel();
    await ask(panel, 'hello');
    rig.provider.write({ type: 'text', text: 'kept' });
    await shows(panel, 'kept');
    panel.thread.stop();
    rig.provider.write({ type: 'text', text: ' late' });
    await until(() => {
      expect(reply(panel).state).toBe('stopped');
    });
    expect(answerText(reply(panel))).toBe('kept');
  });

  test('a worker that dies in mid-stream loses nothing that was shown, and nothing is sent again', async () => {
    const rig = createRig();
    const panel = rig.openPanel();
    await ask(panel, 'hello');
    rig.provider.write({ type: 'text', text: 'shown before any checkpoint' });
    await shows(panel, 'shown before any checkpoint');
    rig.killWorker();
    await until(() => {
      expect(reply(panel).state).toBe('interrupted');
    });
    expect(answerText(reply(panel))).toBe('shown before any checkpoint');
    await until(async () => {
      const stored = await loadConversation(rig.store, panel.thread.conversationId.value ?? '');
      expect(stored?.conversation).toEqual(panel.thread.conversation.value);
    });
    expect(rig.provider.requests).toHaveLength(1);
  });

  test('a reply left open by a dead worker is ended at the next start, with no page open', async () => {
    const rig = createRig();
    const panel = rig.openPanel();
    await ask(panel, 'hello');
    const id = panel.thread.conversationId.value ?? '';
    const later = createRig({ store: createMemoryKeyValue(await everything(rig.store)) });
    await later.background().recover();
    const stored = await loadConversation(later.store, id);
    expect(stored?.conversation.messages.at(-1)).toMatchObject({ state: 'interrupted' });
  });

  test('an interrupted reply goes on in the same part, without a seam', async () => {
    const rig = createRig();
    const panel = rig.openPanel();
    await ask(panel, 'hello');
    rig.provider.write({ type: 'text', text: 'The first half of the sen' });
    await shows(panel, 'The first half of the sen');
    rig.killWorker();
    await until(() => {
      expect(reply(panel).state).toBe('interrupted');
    });
    panel.thread.goOn(reply(panel).id);
    await until(() => {
      expect(rig.provider.requests).toHaveLength(2);
    });
    expect(rig.provider.requests[1]?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    rig.provider.write({ type: 'text', text: 'half of the sentence, and ' });
    rig.provider.write({ type: 'text', text: 'the second.' });
    rig.provider.write({ type: 'finish', ending: 'complete' });
    await until(() => {
      expect(reply(panel)).toMatchObject({
        state: 'complete',
        continuations: 1,
        parts: [{ type: 'text', text: 'The first half of the sentence, and the second.' }],
      });
    });
    expect(panel.thread.messages.value).toHaveLength(2);
    await until(async () => {
      const stored = await loadConversation(rig.store, panel.thread.conversationId.value ?? '');
      expect(stored?.conversation).toEqual(panel.thread.conversation.value);
    });
  });

  test('retry writes a version beside the earlier reply, edit a branch beside the earlier question', async () => {
    const rig = createRig();
    const panel = rig.openPanel();
    await ask(panel, 'question');
    rig.provider.write({ type: 'text', text: 'first' });
    rig.provider.write({ type: 'finish', ending: 'complete' });
    await until(() => {
      expect(reply(panel).state).toBe('complete');
    });
    panel.thread.retry(reply(panel).parentId);
    await until(() => {
      expect(panel.thread.messages.value.at(-1)).toMatchObject({ version: 2, versions: 2 });
    });
    rig.provider.write({ type: 'text', text: 'second' });
    rig.provider.write({ type: 'finish', ending: 'complete' });
    await shows(panel, 'second');
    panel.thread.stepVersion(reply(panel).id, -1);
    await shows(panel, 'first');

    panel.composer.edit(panel.thread.messages.value[0]?.message.id ?? '');
    panel.composer.setText('question, better');
    panel.composer.send();
    await until(() => {
      expect(panel.thread.messages.value[0]).toMatchObject({ message: { text: 'question, better' }, version: 2 });
      expect(reply(panel).state).toBe('streaming');
    });
    expect(rig.provider.requests.at(-1)?.messages).toEqual([{ role: 'user', content: 'question, better' }]);
  });

  test('a failure keeps the question in the thread, and Retry asks it again', async () => {
    const rig = createRig();
    const panel = rig.openPanel();
    await ask(panel, 'hello');
    rig.provider.fail(new ChatError({ kind: 'auth', status: 401, host: 'example.com' }));
    await until(() => {
      expect(reply(panel)).toMatchObject({ state: 'error', failure: { kind: 'auth' } });
    });
    expect(panel.thread.messages.value[0]).toMatchObject({ message: { text: 'hello' } });
    panel.thread.retry(reply(panel).parentId);
    await until(() => {
      expect(rig.provider.requests).toHaveLength(2);
    });
  });

  test('a transient failure before the first token is tried again, and Try now does not wait for it', async () => {
    const rig = createRig();
    const panel = rig.openPanel();
    await ask(panel, 'hello');
    rig.provider.fail(new ChatError({ kind: 'rate-limit', retryAfterMs: 50_000 }));
    await until(() => {
      expect(reply(panel).waiting).toMatchObject({ attempt: 2 });
    });
    panel.thread.tryNow();
    await until(() => {
      expect(rig.provider.requests).toHaveLength(2);
    });
    rig.provider.write({ type: 'text', text: 'at last' });
    await shows(panel, 'at last');
    rig.provider.fail(new ChatError({ kind: 'server' }));
    await until(() => {
      expect(reply(panel)).toMatchObject({ state: 'error', failure: { kind: 'server' } });
    });
    expect(rig.provider.requests).toHaveLength(2);
  });

  test('an ask from the context menu is sent once and shown in the panel of its window', async () => {
    const rig = createRig();
    await rig.background().askAboutPage({ windowId: 7, attachments: [attachment], prompt: 'Explain this.' });
    const elsewhere = rig.openPanel(8);
    const panel = rig.openPanel(7);
    await until(() => {
      expect(reply(panel).state).toBe('streaming');
    });
    await until(() => {
      expect(rig.provider.requests).toHaveLength(1);
    });
    expect(rig.provider.requests[0]?.messages[0]?.content).toContain('Words');
    expect(elsewhere.thread.conversationId.value).toBeNull();
    await until(async () => {
      expect((await rig.store.get(['inbox']))['inbox']).toMatchObject({ items: [] });
    });
  });

  test('an ask that can not be taken waits in the composer, attachment and all', async () => {
    const rig = createRig({ loadAsking: () => Promise.reject(new Error('no script')) });
    await rig.background().askAboutPage({ windowId: 7, attachments: [attachment], prompt: 'Explain this.' });
    const panel = rig.openPanel(7);
    await until(() => {
      expect(panel.composer.text.value).toBe('Explain this.');
    });
    expect(panel.composer.attachments.value).toMatchObject([{ text: 'Words' }]);
  });

  test('an ask without a question waits in the composer, attachment and all', async () => {
    const rig = createRig();
    await rig.background().askAboutPage({ windowId: 7, attachments: [attachment] });
    const panel = rig.openPanel(7);
    await until(() => {
      expect(panel.composer.attachments.value).toEqual([attachment]);
    });
    expect(rig.provider.requests).toHaveLength(0);
  });

  test('a question is asked once, however often the line brings it', async () => {
    const rig = createRig();
    const panel = rig.openPanel();
    await until(() => {
      expect(panel.models.chosen.value).toBeDefined();
    });
    panel.composer.setText('once');
    panel.composer.send();
    panel.composer.send();
    rig.killWorker();
    await until(() => {
      expect(panel.thread.messages.value.length).toBe(2);
    });
    await until(() => {
      expect(panel.thread.pending.value).toBeUndefined();
    });
    expect(panel.thread.messages.value.filter(({ message }) => message.role === 'user')).toHaveLength(1);
    expect(rig.provider.requests.length).toBeLessThanOrEqual(1);
  });

  test('a deleted conversation leaves the list and comes back with Undo', async () => {
    const rig = createRig();
    const panel = rig.openPanel();
    await ask(panel, 'to be deleted');
    rig.provider.write({ type: 'finish', ending: 'complete' });
    panel.history.open();
    await until(() => {
      expect(panel.history.summaries.value).toMatchObject([{ title: 'to be deleted' }]);
    });
    const id = panel.thread.conversationId.value ?? '';
    panel.history.remove(id);
    await until(() => {
      expect(panel.history.summaries.value).toEqual([]);
    });
    expect(panel.thread.conversationId.value).toBeNull();
    panel.history.undo();
    await until(() => {
      expect(panel.history.summaries.value).toMatchObject([{ id, title: 'to be deleted' }]);
    });
  });

  test('a disk that refuses is said so, and the answer still comes', async () => {
    const memory = createMemoryKeyValue();
    let isFull = false;
    const rig = createRig({
      store: {
        ...memory,
        set: (records) =>
          isFull ? Promise.reject(new ChatError({ kind: 'storage', message: 'quota' })) : memory.set(records),
      },
    });
    const panel = rig.openPanel();
    await until(() => {
      expect(panel.models.chosen.value).toBeDefined();
    });
    isFull = true;
    await ask(panel, 'hello');
    rig.provider.write({ type: 'text', text: 'from memory' });
    await shows(panel, 'from memory');
    expect(panel.notSaving.value).toMatchObject({ kind: 'storage' });
    isFull = false;
    rig.provider.write({ type: 'finish', ending: 'complete' });
    await until(() => {
      expect(panel.notSaving.value).toBeNull();
    });
    await until(async () => {
      const stored = await loadConversation(rig.store, panel.thread.conversationId.value ?? '');
      expect(stored?.conversation).toEqual(panel.thread.conversation.value);
    });
  });

  test('how a reply ended stays, though its worker died before it could write that', async () => {
    const memory = createMemoryKeyValue();
    let isStuck = false;
    const rig = createRig({
      store: { ...memory, set: (records) => (isStuck ? new Promise(() => undefined) : memory.set(records)) },
    });
    const panel = rig.openPanel();
    await ask(panel, 'hello');
    rig.provider.write({ type: 'text', text: 'all of it' });
    await shows(panel, 'all of it');
    isStuck = true;
    rig.provider.write({ type: 'finish', ending: 'length', usage: { outputTokens: 3 } });
    await until(() => {
      expect(reply(panel).state).toBe('length');
    });
    isStuck = false;
    rig.killWorker();
    const id = panel.thread.conversationId.value ?? '';
    await until(async () => {
      const stored = await loadConversation(memory, id);
      expect(stored?.conversation.messages.at(-1)).toMatchObject({ state: 'interrupted' });
    });
    // Whatever brings the line back.
    panel.history.open();
    await until(async () => {
      const stored = await loadConversation(memory, id);
      expect(stored?.conversation.messages.at(-1)).toMatchObject({ state: 'length', usage: { outputTokens: 3 } });
    });
    await until(() => {
      expect(reply(panel)).toMatchObject({ state: 'length', usage: { outputTokens: 3 } });
    });
  });

  test('a conversation that only a page still had is in the history again', async () => {
    const memory = createMemoryKeyValue();
    let isStuck = false;
    const rig = createRig({
      store: { ...memory, set: (records) => (isStuck ? new Promise(() => undefined) : memory.set(records)) },
    });
    const panel = rig.openPanel();
    await until(() => {
      expect(panel.models.chosen.value).toBeDefined();
    });
    isStuck = true;
    await ask(panel, 'only on screen');
    isStuck = false;
    rig.killWorker();
    panel.history.open();
    await until(() => {
      expect(panel.history.summaries.value).toMatchObject([{ title: 'only on screen' }]);
    });
  });

  test('Retry pressed twice asks once', async () => {
    const rig = createRig();
    const panel = rig.openPanel();
    await ask(panel, 'hello');
    rig.provider.write({ type: 'text', text: 'first' });
    rig.provider.write({ type: 'finish', ending: 'complete' });
    await until(() => {
      expect(reply(panel).state).toBe('complete');
    });
    const { parentId } = reply(panel);
    const second = rig.openPanel(2);
    second.thread.open(panel.thread.conversationId.value);
    await until(() => {
      expect(second.thread.conversation.value).toBeDefined();
    });
    panel.thread.retry(parentId);
    second.thread.retry(parentId);
    await until(() => {
      expect(reply(panel).state).toBe('streaming');
      expect(rig.provider.requests).toHaveLength(2);
    });
    rig.provider.write({ type: 'finish', ending: 'complete' });
    await until(() => {
      expect(reply(panel).state).toBe('empty');
    });
    expect(rig.provider.requests).toHaveLength(2);
  });

  test('headers of a model stay behind when its endpoint moves to another host', async () => {
    const rig = createRig();
    const own = { model: someModel, temperature: 1, headers: { 'X-Key': 'secret' } };
    const settings: Settings = {
      v: 1,
      endpoints: [endpoint()],
      model: someModel,
      language: 'auto',
      modelDefaults: [own],
    };
    await rig.store.set({ [settingsKey]: settings });
    const [page, side] = createChannelPair<FromPage, ToPage>();
    rig.background().accept(side);
    const stored = async () => (await rig.store.get([settingsKey]))[settingsKey];
    page.send({ type: 'save-endpoint', endpoint: endpoint({ label: 'Another name' }) });
    await until(async () => {
      expect(await stored()).toMatchObject({ endpoints: [{ label: 'Another name' }], modelDefaults: [own] });
    });
    page.send({ type: 'save-endpoint', endpoint: endpoint({ baseUrl: 'https://elsewhere.example/v1' }) });
    await until(async () => {
      expect(await stored()).toMatchObject({ endpoints: [{ baseUrl: 'https://elsewhere.example/v1' }] });
    });
    expect(await stored()).toMatchObject({ modelDefaults: [{ model: someModel, temperature: 1 }] });
    expect(JSON.stringify(await stored())).not.toContain('secret');
  });

  test('Stop waits for nothing, not for a key that never comes', async () => {
    const rig = createRig({ findKey: () => new Promise(() => undefined) });
    const panel = rig.openPanel();
    await ask(panel, 'hello');
    panel.thread.stop();
    await until(() => {
      expect(reply(panel).state).toBe('stopped');
    });
    expect(rig.provider.requests).toHaveLength(0);
  });

  test('a worker that holds what the disk refuses is kept alive until it is taken', async () => {
    const memory = createMemoryKeyValue();
    let isFull = false;
    const rig = createRig({
      store: { ...memory, set: (records) => (isFull ? Promise.reject(new Error('full')) : memory.set(records)) },
    });
    const panel = rig.openPanel();
    await ask(panel, 'hello');
    isFull = true;
    rig.provider.write({ type: 'text', text: 'unsaved' });
    rig.provider.write({ type: 'finish', ending: 'complete' });
    await until(() => {
      expect(panel.notSaving.value).not.toBeNull();
    });
    await until(() => {
      expect(rig.hearts()).toBe(1);
    });
    isFull = false;
    await until(() => {
      expect(rig.hearts()).toBe(0);
    });
  });
});

describe('the models that were asked last', () => {
  const recentIn = async (rig: ReturnType<typeof createRig>): Promise<unknown> =>
    ((await rig.store.get([settingsKey]))[settingsKey] as Settings).recent?.map(({ model }) => model);

  test('are remembered, newest first and each once', async () => {
    const rig = createRig();
    const panel = rig.openPanel();
    for (const model of ['m1', 'm2', 'm1']) {
      panel.models.choose({ ...someModel, model });
      await until(() => {
        expect(panel.models.chosen.value?.model).toBe(model);
      });
      await ask(panel, 'hello');
      rig.provider.write({ type: 'finish', ending: 'complete' });
      await until(() => {
        expect(reply(panel).state).toBe('empty');
      });
    }
    await until(async () => {
      expect(await recentIn(rig)).toEqual(['m1', 'm2']);
    });
    expect(panel.models.settings.value?.recent?.map(({ model }) => model)).toEqual(['m1', 'm2']);
  });

  test('are not written again when the same one is asked again, and are no more than a few', async () => {
    const rig = createRig();
    const panel = rig.openPanel();
    for (const number of [1, 2, 3, 4, 5, 6, 7]) {
      panel.models.choose({ ...someModel, model: `m${number}` });
      await until(() => {
        expect(panel.models.chosen.value?.model).toBe(`m${number}`);
      });
      panel.newChat();
      await ask(panel, 'hello');
    }
    await until(async () => {
      expect(await recentIn(rig)).toEqual(['m7', 'm6', 'm5', 'm4', 'm3']);
    });
    const before = panel.models.settings.value;
    panel.newChat();
    await ask(panel, 'once more');
    rig.provider.write({ type: 'finish', ending: 'complete' });
    await until(() => {
      expect(reply(panel).state).toBe('empty');
    });
    expect(panel.models.settings.value).toBe(before);
  });
});

test('a page that hands over a reply tells who answered it and why', async () => {
  const rig = createRig();
  const panel = rig.openPanel();
  await ask(panel, 'hello');
  rig.provider.write({ type: 'text', text: 'Hi' });
  await shows(panel, 'Hi');
  const shown = reply(panel);
  const fallback = { model: someModel, failure: { kind: 'overloaded' } } as const;
  const later = createRig();
  const [page, side] = createChannelPair<FromPage, ToPage>();
  later.background().accept(side);
  const holding = [
    ...(panel.thread.conversation.value?.messages.slice(0, 1) ?? []),
    {
      ...shown,
      state: 'complete',
      servedBy: 'Model two',
      fallback,
    } satisfies Reply,
  ];
  page.send({ type: 'watch', conversationId: 'c', holding });
  await until(async () => {
    const stored = await loadConversation(later.store, 'c');
    expect(stored?.conversation.messages[1]).toMatchObject({ state: 'complete', servedBy: 'Model two', fallback });
  });
});

async function everything(store: ReturnType<typeof createMemoryKeyValue>): Promise<Readonly<Record<string, unknown>>> {
  return store.get(await store.keys());
}
