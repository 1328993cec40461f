import { t } from '@/lib/i18n/translate';
import type { Composer } from '@/lib/panel/composer';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { hostOf } from '../ui/host-of';

/** What goes with the next question. */
export function AttachmentChips({ composer }: { readonly composer: Composer }) {
  const attachments = composer.attachments.value;
  if (attachments.length === 0) return null;
  return (
    <ul class="chips">
      {attachments.map(({ id, title, url, text }) => {
        const name = title || hostOf(url);
        return (
          <li class="chip" key={id} title={text.slice(0, 500)}>
            <Icon name="quote" />
            <span class="chip-title">{name}</span>
            <span class="chip-size">{t('characters', { count: text.length })}</span>
            <IconButton
              label={t('removeAttachment', { title: name })}
              icon="close"
              onClick={() => composer.removeAttachment(id)}
            />
          </li>
        );
      })}
    </ul>
  );
}
