import type { ContextKind } from '@/lib/chat/types';
import type { AnyKey } from '@/lib/i18n/en/later';
import { t } from '@/lib/i18n/translate-later';

const names: Readonly<Record<ContextKind, AnyKey>> = {
  question: 'contextQuestion',
  conversation: 'contextConversation',
  system: 'contextSystem',
  selection: 'contextSelection',
};

/** What kind of thing went to a model. */
export function contextWords(kind: ContextKind): string {
  // One of a newer version has no name here.
  return kind in names ? t(names[kind]) : kind;
}
