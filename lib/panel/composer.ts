import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Attachment } from '@/lib/chat/types';
import { type Draft, emptyDraft } from '@/lib/store/page-memory';
import type { Thread } from './thread';

/** What is about to be asked. It is kept across closing, and leaves the field only when the background has it. */
export interface Composer {
  readonly text: ReadonlySignal<string>;
  readonly attachments: ReadonlySignal<readonly Attachment[]>;
  /** The earlier question that is being edited; sending makes a branch beside it. */
  readonly editingId: ReadonlySignal<string | null>;
  readonly canSend: ReadonlySignal<boolean>;
  setText(text: string): void;
  attach(attachments: readonly Attachment[]): void;
  /** What came from elsewhere: the attachments join the draft, the text is for an empty field only. */
  add(text: string, attachments: readonly Attachment[]): void;
  removeAttachment(id: string): void;
  /** What was being written comes back when the edited question is sent, or with `cancelEdit`. */
  edit(messageId: string): void;
  cancelEdit(): void;
  /** Sends, when there is something to send, a model to send it to, and no answer under way. */
  send(): void;
  /** Writes the draft down before the page is gone. */
  keepAtOnce(): void;
}

/** How long after a key press the draft is on disk. */
const keepAfterMs = 250;

export interface ComposerOptions {
  readonly thread: Pick<Thread, 'conversation' | 'conversationId' | 'streaming' | 'pending' | 'messages' | 'ask'>;
  readonly hasModel: ReadonlySignal<boolean>;
  readonly newId: () => string;
  readonly now: () => number;
  readonly loadDraft: (conversationId: string | null) => Promise<Draft>;
  readonly saveDraft: (conversationId: string | null, draft: Draft) => void;
  readonly saveDraftAtOnce: (conversationId: string | null, draft: Draft) => void;
}

/** The draft that was sent and is not taken yet. Its places are one, unless it begins a conversation. */
interface Sent {
  readonly draft: Draft;
  readonly from: string | null;
  to: string | null;
  /** The field as it was left, when another chat was shown meanwhile. */
  left: Draft;
  isTaken: boolean;
}

export function createComposer(options: ComposerOptions): Composer & { onAsked(): void; onRefused(): void } {
  const { thread, hasModel, newId, now } = options;
  const draft = signal<Draft>(emptyDraft);
  /** Where the draft belongs; a draft that was loaded too late for its place is not shown there. */
  let place: string | null = thread.conversationId.value;
  let isLoaded = false;
  let isTouched = false;
  let sent: Sent | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** A new chat's draft stays its own until its question is taken. */
  const placeOnDisk = (): string | null => (sent?.to === place ? sent.from : place);

  function keep(): void {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    options.saveDraft(placeOnDisk(), draft.value);
  }

  function show(next: Draft): void {
    draft.value = next;
    timer ??= setTimeout(keep, keepAfterMs);
  }

  function change(next: Partial<Draft>): void {
    isTouched = true;
    show({ ...draft.value, ...next });
  }

  async function load(): Promise<void> {
    const wanted = place;
    const before = sent;
    isLoaded = false;
    // A draft that can't be read is one to be typed anew; the background tells of the disk.
    const stored = await options.loadDraft(wanted).catch(() => emptyDraft);
    if (wanted !== place) return;
    isLoaded = true;
    // Who typed before the draft was there goes on typing.
    if (isTouched) return;
    const loaded = before?.isTaken ? withoutSent(stored, before.draft) : stored;
    const { text, attachments } = draft.value;
    draft.value = loaded;
    if (text !== '' || attachments.length > 0) show(joined(loaded, text, attachments));
  }

  effect(() => {
    const next = thread.conversationId.value;
    if (next === place) return;
    // The question that was just sent begins a conversation.
    if (sent && sent.to === null) sent.to = next;
    // A new chat that gets its number, or does not get it after all, keeps its composer.
    const isSameChat = sent?.from === null && (place ?? sent.to) === sent.to && (next ?? sent.to) === sent.to;
    if (!isSameChat) {
      keep();
      if (sent && (place === sent.from || place === sent.to)) sent.left = draft.value;
    }
    place = next;
    if (isSameChat) return;
    draft.value = emptyDraft;
    isTouched = false;
    void load();
  });
  void load();

  const canSend = computed(
    () =>
      draft.value.text.trim() !== '' &&
      hasModel.value &&
      thread.streaming.value === undefined &&
      thread.pending.value === undefined,
  );

  return {
    text: computed(() => draft.value.text),
    attachments: computed(() => draft.value.attachments),
    editingId: computed(() => draft.value.editingId),
    canSend,
    setText: (text) => {
      change({ text });
    },
    attach: (attachments) => {
      change(joined(draft.value, '', attachments));
    },
    add: (text, attachments) => {
      show(joined(draft.value, text, attachments));
      if (isLoaded) keep();
    },
    removeAttachment: (id) => {
      change({ attachments: draft.value.attachments.filter((attachment) => attachment.id !== id) });
    },
    edit: (messageId) => {
      const shown = thread.messages.value.find(({ message }) => message.id === messageId)?.message;
      if (shown?.role !== 'user') return;
      const { text, attachments } = shown;
      const before = draft.value.editingId === null ? draft.value : (draft.value.before ?? emptyDraft);
      change({ text, attachments, editingId: messageId, before });
    },
    cancelEdit: () => {
      isTouched = true;
      show(draft.value.before ?? emptyDraft);
    },
    send: () => {
      if (!canSend.value) return;
      const { text, attachments, editingId } = draft.value;
      const conversation = thread.conversation.value;
      const edited = conversation?.messages.find(({ id }) => id === editingId);
      keep();
      sent = { draft: draft.value, from: place, to: place, left: draft.value, isTaken: false };
      thread.ask({
        id: newId(),
        role: 'user',
        parentId: edited ? edited.parentId : (conversation?.headId ?? null),
        createdAt: now(),
        text: text.trim(),
        attachments,
      });
    },
    keepAtOnce: () => {
      if (timer !== undefined) options.saveDraftAtOnce(placeOnDisk(), draft.value);
    },
    onAsked: () => {
      if (!sent) return;
      const { from, to } = sent;
      const isShown = (place === from || place === to) && (isLoaded || isTouched);
      const rest = withoutSent(isShown ? draft.value : sent.left, sent.draft);
      sent.isTaken = true;
      sent = undefined;
      const home = isShown ? place : from;
      if (isShown) {
        draft.value = rest;
        clearTimeout(timer);
        timer = undefined;
      }
      options.saveDraft(home, rest);
      if (home !== from) options.saveDraft(from, emptyDraft);
    },
    onRefused: () => {
      sent = undefined;
    },
  };
}

/** The text is for an empty field; an attachment that is there already is not taken twice. */
function joined(draft: Draft, text: string, attachments: readonly Attachment[]): Draft {
  const added = attachments.filter(({ id }) => !draft.attachments.some((known) => known.id === id));
  return {
    ...draft,
    text: draft.text.trim() === '' ? text : draft.text,
    attachments: [...draft.attachments, ...added],
  };
}

/** What stays in the field when the background has the question: what was typed after it, and before an edit. */
function withoutSent(draft: Draft, sent: Draft): Draft {
  if (draft.editingId !== sent.editingId) {
    // Given up, or another one is edited by now: then the sent one may be what would come back after it.
    return draft.before ? { ...draft, before: withoutSent(draft.before, sent) } : draft;
  }
  const before = sent.before ?? emptyDraft;
  const text = draft.text.startsWith(sent.text) ? draft.text.slice(sent.text.length).trimStart() : draft.text;
  return {
    ...before,
    text: [before.text, text].filter((part) => part !== '').join('\n'),
    attachments: [
      ...before.attachments,
      ...draft.attachments.filter(({ id }) => !sent.attachments.some((gone) => gone.id === id)),
    ],
  };
}
