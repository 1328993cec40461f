import { describe, expect, test, vi } from 'vitest';
import { makeQuestion, makeReply, startPanel, type StartedPanel } from '@/components/testing/start-panel';
import type { Attachment, Message } from '@/lib/chat/types';
import { createMemoryKeyValue } from '@/lib/store/key-value';
import { createPageMemory, emptyDraft, type PageMemory } from '@/lib/store/page-memory';

const attachment: Attachment = {
  id: 'a',
  kind: 'selection',
  title: 'Streams',
  url: 'https://a.example/',
  text: 'drain',
};

function createMemory(): PageMemory {
  const items = new Map<string, string>();
  return createPageMemory({
    local: createMemoryKeyValue(),
    session: createMemoryKeyValue(),
    atOnce: {
      getItem: (key) => items.get(key) ?? null,
      setItem: (key, value) => void items.set(key, value),
      removeItem: (key) => void items.delete(key),
    },
  });
}

async function start({
  memory = createMemory(),
  messages,
}: { memory?: PageMemory; messages?: readonly Message[] } = {}) {
  const started = startPanel({ world: { memory }, ...(messages ? { messages } : {}) });
  const { panel } = started;
  await vi.waitFor(() => {
    expect(panel.models.chosen.value).toBeDefined();
    expect(panel.thread.isLoading.value).toBe(false);
  });
  return { ...started, memory };
}

/** The background takes the question that is on its way. */
async function take({ panel, sentOf, reply }: StartedPanel): Promise<void> {
  await vi.waitFor(() => {
    expect(sentOf('ask')).not.toEqual([]);
  });
  const asked = sentOf('ask').at(-1);
  if (!asked) return;
  reply({ type: 'events', conversationId: asked.conversationId, events: [{ type: 'asked', message: asked.message }] });
  await vi.waitFor(() => {
    expect(panel.thread.pending.value).toBeUndefined();
  });
}

const answered = [makeQuestion(), makeReply()];

describe('the draft of a new chat', () => {
  test('stays when something is asked in another chat', async () => {
    const memory = createMemory();
    await memory.saveDraft('new', { ...emptyDraft, text: 'half a question' });
    const started = await start({ memory, messages: answered });
    started.panel.composer.setText('And?');
    started.panel.composer.send();
    await take(started);
    started.panel.newChat();
    await vi.waitFor(() => {
      expect(started.panel.composer.text.value).toBe('half a question');
    });
  });

  test('goes when it is asked', async () => {
    const started = await start();
    const { panel, memory } = started;
    panel.composer.setText('Why?');
    await vi.waitFor(async () => {
      expect(await memory.loadDraft('new')).toMatchObject({ text: 'Why?' });
    });
    panel.composer.send();
    await take(started);
    await vi.waitFor(async () => {
      expect(await memory.loadDraft('new')).toEqual(emptyDraft);
    });
    expect(panel.composer.text.value).toBe('');
    expect(panel.thread.conversationId.value).not.toBeNull();
  });

  test('is there for as long as its question is not taken, whatever is shown meanwhile', async () => {
    const started = await start();
    const { panel, memory } = started;
    panel.composer.setText('Why?');
    panel.composer.send();
    panel.thread.open('c2');
    await vi.waitFor(async () => {
      expect(await memory.loadDraft('new')).toMatchObject({ text: 'Why?' });
    });
    await take(started);
    await vi.waitFor(async () => {
      expect(await memory.loadDraft('new')).toEqual(emptyDraft);
    });
    expect(panel.composer.text.value).toBe('');
  });

  test('is in the field again when it is refused', async () => {
    const { panel, memory, sentOf, reply } = await start();
    panel.composer.setText('Why?');
    panel.composer.send();
    await vi.waitFor(() => {
      expect(sentOf('ask')).toHaveLength(1);
    });
    const conversationId = panel.thread.conversationId.value ?? '';
    reply({ type: 'refused', conversationId, failure: { kind: 'storage' } });
    await vi.waitFor(() => {
      expect(panel.thread.conversationId.value).toBeNull();
    });
    expect(panel.composer.text.value).toBe('Why?');
    expect(await memory.loadDraft('new')).toMatchObject({ text: 'Why?' });
    expect(panel.composer.canSend.value).toBe(true);
  });
});

describe('what is typed on while a question is on its way', () => {
  test('is all that stays in the field', async () => {
    const started = await start({ messages: answered });
    const { composer } = started.panel;
    composer.setText('And?');
    composer.attach([attachment]);
    composer.send();
    composer.setText('And? Then');
    composer.attach([{ ...attachment, id: 'b' }]);
    await take(started);
    expect(composer.text.value).toBe('Then');
    expect(composer.attachments.value.map(({ id }) => id)).toEqual(['b']);
    expect(composer.editingId.value).toBeNull();
  });

  test('is a new question, not an edit once more', async () => {
    const started = await start({ messages: answered });
    const { composer } = started.panel;
    composer.edit('q1');
    composer.setText('Why not?');
    composer.send();
    composer.setText('Why not?!');
    await take(started);
    expect(composer.text.value).toBe('!');
    expect(composer.editingId.value).toBeNull();
  });
});

describe('what was being written when an edit began comes back', () => {
  test.each([['given up'], ['sent']])('when the edit is %s', async (end) => {
    const started = await start({ messages: answered });
    const { composer } = started.panel;
    composer.setText('half a question');
    composer.attach([attachment]);
    composer.edit('q1');
    expect(composer.text.value).toBe('Why?');
    composer.edit('q1');
    composer.setText('Why not?');
    if (end === 'sent') {
      composer.send();
      await take(started);
    } else {
      composer.cancelEdit();
    }
    expect(composer.text.value).toBe('half a question');
    expect(composer.attachments.value).toEqual([attachment]);
    expect(composer.editingId.value).toBeNull();
  });

  test('also in a page that was opened anew meanwhile', async () => {
    const first = await start({ messages: answered });
    first.panel.composer.setText('half a question');
    first.panel.composer.edit('q1');
    await vi.waitFor(async () => {
      expect(await first.memory.loadDraft('c1')).toMatchObject({ editingId: 'q1' });
    });
    const { panel } = await start({ memory: first.memory, messages: answered });
    await vi.waitFor(() => {
      expect(panel.composer.editingId.value).toBe('q1');
    });
    panel.composer.cancelEdit();
    expect(panel.composer.text.value).toBe('half a question');
  });
});

describe('what comes from a page to be asked about', () => {
  async function deliver(text: string, stored: string) {
    const memory = createMemory();
    await memory.saveDraft('new', { ...emptyDraft, text: stored });
    const started = await start({ memory, messages: answered });
    started.reply({
      type: 'inbox',
      items: [{ v: 1, id: 'i', windowId: 1, createdAt: 0, type: 'compose', text, attachments: [attachment] }],
    });
    await vi.waitFor(() => {
      expect(started.panel.composer.attachments.value).toEqual([attachment]);
    });
    return started;
  }

  test.each([
    ['', 'half a question', 'half a question'],
    ['Explain this.', 'half a question', 'half a question'],
    ['Explain this.', '', 'Explain this.'],
  ])('joins the draft of the new chat: %j to %j', async (text, stored, shown) => {
    const { panel, memory } = await deliver(text, stored);
    await vi.waitFor(() => {
      expect(panel.composer.text.value).toBe(shown);
    });
    await vi.waitFor(async () => {
      expect(await memory.loadDraft('new')).toMatchObject({ text: shown, attachments: [attachment] });
    });
  });
});
