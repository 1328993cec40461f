import type { Attachment, UserMessage } from '@/lib/chat/types';
import { t } from '@/lib/i18n/translate';
import type { Panel } from '@/lib/panel/panel';
import { CopyButton } from '../ui/copy-button';
import { IconButton } from '../ui/icon-button';
import { hostOf } from '../ui/host-of';
import { Versions } from './versions';

export interface QuestionProps {
  readonly message: UserMessage;
  readonly version: number;
  readonly versions: number;
  readonly panel: Panel;
}

/** What the user asked, with what went with it. */
export function Question({ message, version, versions, panel }: QuestionProps) {
  return (
    <article class="question" aria-label={t('you')} data-message-id={message.id} data-role="user" data-state="complete">
      <div class="bubble">
        {message.attachments.map((attachment) => (
          <Quote key={attachment.id} attachment={attachment} />
        ))}
        <div class="plain" data-part="text">
          {message.text}
        </div>
      </div>
      <div class={versions > 1 ? 'message-actions' : 'message-actions quiet'}>
        <CopyButton label={t('copy')} onCopy={() => panel.copy(message.text)} />
        <IconButton label={t('edit')} icon="edit" onClick={() => panel.composer.edit(message.id)} />
        <Versions version={version} versions={versions} onStep={(step) => panel.thread.stepVersion(message.id, step)} />
      </div>
    </article>
  );
}

/** How much of a selection stands over the question; all of it was sent. */
const quotedCharacters = 280;

function Quote({ attachment }: { readonly attachment: Attachment }) {
  const { text, title, url } = attachment;
  const shown = text.length > quotedCharacters ? `${text.slice(0, quotedCharacters).trimEnd()}…` : text;
  return (
    <blockquote class="quote" title={`${title}\n${url}`}>
      <p class="plain">“{shown}”</p>
      <footer>
        {t('selectionOf', { host: hostOf(url) })} · {t('characters', { count: text.length })}
      </footer>
    </blockquote>
  );
}
