import { useState } from 'preact/hooks';
import { describeFailure } from '@/lib/errors/describe-failure';
import { t } from '@/lib/i18n/translate-later';
import type { BuiltIn } from '@/lib/panel/built-in';
import type { ModelGroup } from '@/lib/panel/models';
import type { Options, ProviderChoice } from '@/lib/panel/options';
import { onDeviceAddress } from '@/lib/providers/provider';
import { speaksOllama } from '@/lib/providers/speaks-ollama';
import { CheckUpView } from '../doctor/check-up-view';
import { failureSentence } from '../ui/failure-sentence';
import { hostOf } from '../ui/host-of';
import { BuiltInView } from './built-in-view';
import { RemoveQuestion } from './remove-question';

export interface ProviderCardProps {
  readonly options: Options;
  readonly group: ModelGroup;
  readonly provider: ProviderChoice | undefined;
}

/** One endpoint, with what it answered when it was asked for its models. */
export function ProviderCard({ options, group, provider }: ProviderCardProps) {
  const { endpoint, failure } = group;
  const [isAsking, setIsAsking] = useState(false);
  const hasKey = options.keys.saved.value.some(({ endpointId }) => endpointId === endpoint.id);
  const isOnDevice = endpoint.baseUrl === onDeviceAddress;
  const isRetired = provider?.working === false && provider.baseUrl === endpoint.baseUrl;
  return (
    <li
      class="card"
      data-endpoint-id={endpoint.id}
      data-state={stateOf(group, isOnDevice ? options.builtIn : undefined)}
    >
      <span class={isRetired ? 'dot off' : 'dot'} aria-hidden="true" />
      <div class="card-text">
        <b>{endpoint.label}</b> <span class="hint">{isOnDevice ? t('onThisDevice') : hostOf(endpoint.baseUrl)}</span>
        {isOnDevice && options.builtIn ? (
          <BuiltInView builtIn={options.builtIn} />
        ) : (
          <output class={failure ? 'failed' : 'hint'}>{isRetired ? t('retired') : stateWords(group)}</output>
        )}
        {endpoint.hidesOrigin && <small class="hint">{t('originHidden')}</small>}
        {failure?.message && <small class="hint">{t('providerSays', { message: failure.message })}</small>}
      </div>
      {isAsking ? (
        <RemoveQuestion
          question={t('confirmRemove', { label: endpoint.label })}
          action={t('removeProvider')}
          limits={hasKey ? t('deleteLimits') : undefined}
          onRemove={() => options.remove(endpoint.id)}
          onCancel={() => setIsAsking(false)}
        />
      ) : (
        <div class="buttons">
          {/* The browser's own model has told above all that there is. */}
          {!isOnDevice && <RemedyButton options={options} group={group} />}
          {endpoint.hidesOrigin && (
            <button
              type="button"
              class="button"
              aria-label={`${t('sendOrigin')}: ${endpoint.label}`}
              onClick={() => options.checkUps.hideOrigin(endpoint.id, endpoint.id, false)}
            >
              {t('sendOrigin')}
            </button>
          )}
          <a class="button" href={`#edit/${endpoint.id}`} aria-label={`${t('editProvider')}: ${endpoint.label}`}>
            {t('editProvider')}
          </a>
          <button
            type="button"
            class="button"
            aria-label={`${t('removeProvider')}: ${endpoint.label}`}
            onClick={() => setIsAsking(true)}
          >
            {t('removeProvider')}
          </button>
        </div>
      )}
      <CheckUpView
        checkUps={options.checkUps}
        place={endpoint.id}
        endpointId={endpoint.id}
        pulls={speaksOllama(endpoint) ? options.pulls : undefined}
        onCopy={options.copy}
        onEdit={() => {
          location.hash = `#edit/${endpoint.id}`;
        }}
      />
    </li>
  );
}

/** Missing access is asked for in one click; for everything else there is a look at what is the matter. */
function RemedyButton({ options, group }: { readonly options: Options; readonly group: ModelGroup }) {
  const { endpoint, failure } = group;
  const remedy = failure && describeFailure(failure).remedy;
  if (remedy === 'unlock-keys') return <PlaceLink place="keys" words={t('remedyUnlockKeys')} />;
  if (failure?.kind === 'key-gone') return <PlaceLink place={`edit/${endpoint.id}`} words={t('enterKey')} />;
  const origin = remedy === 'grant-access' ? failure?.origin : undefined;
  return origin === undefined ? (
    <button
      type="button"
      class={failure ? 'button primary' : 'button'}
      aria-label={`${t('doctorTest')}: ${endpoint.label}`}
      onClick={() => options.checkUps.start(endpoint.id, endpoint.id)}
    >
      {t('doctorTest')}
    </button>
  ) : (
    <button type="button" class="button primary" onClick={() => options.grantAccess(origin, endpoint.id)}>
      {t('remedyGrantAccess')}
    </button>
  );
}

function PlaceLink({ place, words }: { readonly place: string; readonly words: string }) {
  return (
    <a class="button primary" href={`#${place}`}>
      {words}
    </a>
  );
}

function stateOf({ isLoading, failure }: ModelGroup, builtIn: BuiltIn | undefined): 'ok' | 'checking' | 'failed' {
  const own = builtIn?.state.value.type;
  if (own !== undefined && own !== 'available') return own === 'unavailable' ? 'failed' : 'checking';
  if (isLoading) return 'checking';
  return failure ? 'failed' : 'ok';
}

function stateWords(group: ModelGroup): string {
  if (group.isLoading) return t('stateChecking');
  if (group.failure) return failureSentence(group.failure);
  const count = group.models.length;
  if (count === 0) return t('stateNoModels');
  // A wire without model names lists one without a name.
  const isNameless = group.models[0]?.id === '';
  const words = isNameless ? t('stateOkNoModels') : t('stateOk', { count });
  return isThisComputer(group.endpoint.baseUrl) ? `${words} · ${t('thisComputerOnly')}` : words;
}

function isThisComputer(baseUrl: string): boolean {
  const name = URL.parse(baseUrl)?.hostname ?? '';
  return name === 'localhost' || name === '[::1]' || name.startsWith('127.');
}
