import type { Conversation } from '@/lib/chat/types';

/** A format that a conversation can be written in. */
export interface Exporter {
  readonly id: string;
  /** Of the file, without a dot. */
  readonly extension: string;
  readonly mediaType: string;
  /** The shown branch or all of it, as the format is for; `names` are those of the two sides in the page's language. */
  write(conversation: Conversation, names: { readonly you: string; readonly assistant: string }): string;
}
