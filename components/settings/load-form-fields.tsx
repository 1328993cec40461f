import type { LoadDefaults } from '@/lib/chat/chat-defaults';
import { t } from '@/lib/i18n/translate-later';
import { type LoadField, writeLoadFields } from '@/lib/panel/load-fields';
import { FormField } from './form-field';

export interface LoadFormFieldsProps {
  readonly loading: LoadDefaults;
  /** What holds where these are empty, with whose it is. */
  readonly inherited?: LoadDefaults & { readonly label: string };
  readonly problemOf: (field: LoadField) => string | undefined;
}

/** How a server loads a model: for those that can be told. */
export function LoadFormFields({ loading, inherited, problemOf }: LoadFormFieldsProps) {
  const typed = writeLoadFields(loading);
  const hintOf = (hint: string, value: string | number | undefined): string =>
    inherited === undefined || value === undefined
      ? hint
      : `${hint} ${t('forThisProvider', { endpoint: inherited.label, value: String(value) })}`;
  return (
    <>
      <FormField
        name="contextSize"
        label={t('contextSize')}
        value={typed.contextSize}
        hint={hintOf(t('contextSizeHint'), inherited?.contextSize)}
        problem={problemOf('contextSize')}
      />
      <FormField
        name="keepAlive"
        label={t('keepAlive')}
        value={typed.keepAlive}
        hint={hintOf(t('keepAliveHint'), inherited?.keepAlive)}
        problem={problemOf('keepAlive')}
      />
    </>
  );
}
