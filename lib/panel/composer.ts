import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Attachment, UserMessage } from '@/lib/chat/types';
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
  removeAttachment(id: string): void;
  edit(messageId: string): void;
  cancelEdit(): void;
  /** Sends, when there is something to send, a model to send it to, and no answer under way. */
  send(): void;
  /** Writes the draft down. */
  keep(): void;
  /** Writes it down before the page is gone. */
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

export function createComposer(options: ComposerOptions): Composer & { onAsked(message: UserMessage): void } {
  const { thread, hasModel, newId, now } = options;
  const draft = signal<Draft>(emptyDraft);
  /** Where the draft belongs; a draft that was loaded too late for its place is not shown there. */
  let place: string | null = thread.conversationId.value;
  let isTouched = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function keep(): void {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    options.saveDraft(place, draft.value);
  }

  function change(next: Partial<Draft>): void {
    draft.value = { ...draft.value, ...next };
    isTouched = true;
    timer ??= setTimeout(keep, keepAfterMs);
  }

  async function load(): Promise<void> {
    const wanted = place;
    // A draft that can't be read is one to be typed anew; the background tells of the disk.
    const loaded = await options.loadDraft(wanted).catch(() => emptyDraft);
    // Who typed before the draft was there goes on typing.
    if (wanted === place && !isTouched) draft.value = loaded;
  }

  effect(() => {
    const next = thread.conversationId.value;
    if (next === place) return;
    // A new chat that has just got its number keeps its composer; the draft goes when the question is taken.
    const isSameChat = place === null && thread.pending.peek() !== undefined;
    if (!isSameChat) keep();
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
      const added = attachments.filter(({ id }) => !draft.value.attachments.some((known) => known.id === id));
      change({ attachments: [...draft.value.attachments, ...added] });
    },
    removeAttachment: (id) => {
      change({ attachments: draft.value.attachments.filter((attachment) => attachment.id !== id) });
    },
    edit: (messageId) => {
      const shown = thread.messages.value.find(({ message }) => message.id === messageId)?.message;
      if (shown?.role !== 'user') return;
      change({ text: shown.text, attachments: shown.attachments, editingId: messageId });
    },
    cancelEdit: () => {
      change(emptyDraft);
    },
    send: () => {
      if (!canSend.value) return;
      const { text, attachments, editingId } = draft.value;
      const conversation = thread.conversation.value;
      const edited = conversation?.messages.find(({ id }) => id === editingId);
      thread.ask({
        id: newId(),
        role: 'user',
        parentId: edited ? edited.parentId : (conversation?.headId ?? null),
        createdAt: now(),
        text: text.trim(),
        attachments,
      });
    },
    keep,
    keepAtOnce: () => {
      if (timer !== undefined) options.saveDraftAtOnce(place, draft.value);
    },
    onAsked: (message) => {
      // What was typed in the moment between sending and being taken stays.
      if (draft.value.text.trim() === message.text) {
        draft.value = emptyDraft;
        clearTimeout(timer);
        timer = undefined;
      }
      options.saveDraft(place, draft.value);
      options.saveDraft(null, emptyDraft);
    },
  };
}
