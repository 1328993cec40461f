import { type Fallback, usualFallbackSeconds } from '@/lib/chat/chat-defaults';
import { t } from '@/lib/i18n/translate-later';
import type { Options } from '@/lib/panel/options';
import { nameOfEndpoint } from '../ui/name-of-endpoint';
import { knownModels } from './known-models';
import { ModelSelect } from './model-select';
import { Limit } from './sections';

/** Who is asked in place of each endpoint, and how long that one is waited for. */
export function FallbackList({ options }: { readonly options: Options }) {
  const groups = options.groups.value;
  const fallbacks = options.settings.value?.fallbacks ?? [];
  if (groups.length === 0) return null;

  function change(endpointId: string, fallback: Fallback | undefined): void {
    const others = fallbacks.filter((other) => other.endpointId !== endpointId);
    options.choose({ fallbacks: fallback ? [...others, fallback] : others });
  }

  return (
    <>
      <h3>{t('fallbacks')}</h3>
      <p class="hint">{t('fallbacksHint')}</p>
      <ul class="fallbacks">
        {groups.map(({ endpoint: { id } }) => {
          const endpoint = nameOfEndpoint(groups, id);
          const fallback = fallbacks.find(({ endpointId }) => endpointId === id);
          return (
            <li key={id}>
              <div class="form-field">
                <label for={`fallback-${id}`}>{t('fallbackFor', { endpoint })}</label>
                <ModelSelect
                  id={`fallback-${id}`}
                  groups={groups}
                  known={knownModels(options)}
                  value={fallback?.model}
                  none={t('fallbackNone')}
                  onChange={(model) =>
                    change(
                      id,
                      model && { endpointId: id, model, afterSeconds: fallback?.afterSeconds ?? usualFallbackSeconds },
                    )
                  }
                />
              </div>
              {fallback && (
                <Limit
                  label={t('fallbackSeconds', { endpoint })}
                  name={`fallback-seconds-${id}`}
                  value={fallback.afterSeconds}
                  least={1}
                  most={3600}
                  onChange={(afterSeconds) => change(id, { ...fallback, afterSeconds })}
                />
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
