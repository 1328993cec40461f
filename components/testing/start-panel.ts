import { emptyConversation } from '@/lib/chat/apply-event';
import type { Conversation, Message, Reply, UserMessage } from '@/lib/chat/types';
import { createPanel, type Panel, type PanelWorld } from '@/lib/panel/panel';
import { createChannelPair } from '@/lib/protocol/channel';
import type { FromPage, ToPage } from '@/lib/protocol/messages';
import type { Endpoint } from '@/lib/providers/provider';
import { defaultSettings, type Settings } from '@/lib/store/settings';
import { emptyDraft } from '@/lib/store/page-memory';

export const model = { endpointId: 'local', model: 'small', label: 'small' };

export const endpoint: Endpoint = {
  id: 'local',
  providerId: 'ollama',
  label: 'Local',
  baseUrl: 'http://127.0.0.1:11434/v1',
  headers: {},
  body: {},
  unstreamed: false,
};

export const readySettings: Settings = { ...defaultSettings, endpoints: [endpoint], model };

export function makeQuestion(change: Partial<UserMessage> = {}): UserMessage {
  return { id: 'q1', role: 'user', parentId: null, createdAt: 0, text: 'Why?', attachments: [], ...change };
}

export function makeReply(change: Partial<Reply> = {}): Reply {
  return {
    id: 'r1',
    role: 'assistant',
    parentId: 'q1',
    createdAt: 0,
    model,
    parts: [{ type: 'text', text: 'Because.' }],
    state: 'complete',
    ...change,
  };
}

export function makeConversation(messages: readonly Message[]): Conversation {
  return { ...emptyConversation('c1', 0), messages, headId: messages.at(-1)?.id ?? null };
}

export interface StartedPanel {
  readonly panel: Panel;
  /** What the page has sent, in order. */
  readonly sent: readonly FromPage[];
  /** What the page has sent of one type. */
  readonly sentOf: <Type extends FromPage['type']>(type: Type) => readonly Extract<FromPage, { type: Type }>[];
  readonly reply: (message: ToPage) => void;
  readonly calls: string[];
}

export interface StartPanelOptions {
  readonly settings?: Settings;
  /** What the conversation `c1` holds; without it a new chat is shown. */
  readonly messages?: readonly Message[];
  readonly surface?: 'panel' | 'quick';
  /** What is other than usual. */
  readonly world?: Partial<PanelWorld>;
}

/** Real models on one end of a line, and a background on the other that only notes down and answers from its script. */
export function startPanel({
  settings = readySettings,
  messages,
  surface = 'panel',
  world = {},
}: StartPanelOptions = {}): StartedPanel {
  const sent: FromPage[] = [];
  const calls: string[] = [];
  const [page, background] = createChannelPair<FromPage, ToPage>();
  background.onMessage((message) => {
    sent.push(message);
    if (message.type === 'hello') background.send({ type: 'settings', settings });
    if (message.type === 'watch' && messages) {
      background.send({
        type: 'snapshot',
        conversation: makeConversation(messages),
        health: { damaged: [], isReadOnly: false },
      });
    }
  });
  let count = 0;
  const panel = createPanel({
    surface,
    windowId: 1,
    connect: () => page,
    onBackgroundAwake: () => {},
    memory: {
      loadDraft: () => Promise.resolve(emptyDraft),
      saveDraft: () => Promise.resolve(),
      saveDraftAtOnce: () => {},
      loadView: () => Promise.resolve(null),
      saveView: () => Promise.resolve(),
    },
    newId: () => `new-${(count += 1)}`,
    now: () => 0,
    requestAccess: (origin) => {
      calls.push(`access ${origin}`);
      return Promise.resolve(false);
    },
    offersBuiltIn: () => Promise.resolve(false),
    openOptions: (place = '') => calls.push(`options ${place}`),
    openPanel: () => calls.push('panel'),
    beginAnew: () => calls.push('begin anew'),
    copy: (text) => {
      calls.push(`copy ${text}`);
      return Promise.resolve();
    },
    download: (name) => calls.push(`download ${name}`),
    readRecords: () => Promise.resolve({}),
    ...world,
  });
  if (messages) panel.thread.open('c1');
  return {
    panel,
    sent,
    calls,
    sentOf: (type) =>
      sent.filter((message): message is Extract<FromPage, { type: typeof type }> => message.type === type),
    reply: background.send,
  };
}
