import { useEffect, useRef } from 'preact/hooks';
import { languageTag } from '@/lib/i18n/translate';
import { t } from '@/lib/i18n/translate-later';
import type { Pulls, ShownPull } from '@/lib/panel/pulls';
import { byteWords } from '../ui/byte-words';
import { failureSentence } from '../ui/failure-sentence';
import { describePull } from './describe-pull';
import '../doctor/doctor.css';

export interface PullViewProps {
  readonly pulls: Pulls;
  readonly endpointId: string;
  readonly model: string;
  /** Asks the question again that the model was missing for, where there is one. */
  readonly onRetry?: () => void;
}

/** The download of one model: its button, how it goes, how it ended. What is announced is its beginning and its end. */
export function PullView({ pulls, endpointId, model, onRetry }: PullViewProps) {
  const pull = pulls.all.value.find((one) => one.endpointId === endpointId && one.model === model);
  const isChosen = pull?.state === 'done' && pulls.isChosen(endpointId, pull.listedAs);
  const view = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button that was pressed goes with what it was about.
    if (pull && document.activeElement === document.body) view.current?.focus();
  }, [pull?.state, isChosen]);
  return (
    <div class="pull" ref={view} tabIndex={-1} data-pull={pull?.state}>
      <output>
        {pull && sentenceOf(pull)}
        {isChosen && !onRetry && ` ${t('doctorChosen', { model: pull.listedAs })}`}
      </output>
      {!pull && <Act label={t('pullModel', { model })} act={() => pulls.start(endpointId, model)} />}
      {pull?.state === 'running' && <Progress pull={pull} onCancel={() => pulls.cancel(pull)} />}
      {pull?.state === 'done' && !isChosen && (
        <Act label={t('pullUse', { model: pull.listedAs })} act={() => pulls.choose(endpointId, pull.listedAs)} />
      )}
      {isChosen && onRetry && <Act label={t('retry')} act={onRetry} />}
      {(pull?.state === 'cancelled' || pull?.state === 'lost') && (
        <Act label={t('pullGoOn')} act={() => pulls.goOn(pull)} />
      )}
      {pull?.state === 'failed' && <Remedy pull={pull} onGoOn={() => pulls.goOn(pull)} />}
    </div>
  );
}

type OfState<State> = Extract<ShownPull, { readonly state: State }>;

function Progress({ pull, onCancel }: { readonly pull: OfState<'running'>; readonly onCancel: () => void }) {
  const { model, step, percent, completedBytes, totalBytes } = pull;
  const facts = [
    t(`pullStep_${step}`),
    ...(percent === undefined
      ? []
      : [
          new Intl.NumberFormat(languageTag(), { style: 'percent' }).format(percent / 100),
          t('pullAmount', { completed: byteWords(completedBytes), total: byteWords(totalBytes) }),
        ]),
  ];
  return (
    <>
      {/* Without a value its end is unknown, which is said so too. */}
      <progress
        max={100}
        {...(percent === undefined ? {} : { value: percent })}
        aria-label={t('pullRunning', { model })}
      />
      <p class="hint tabular">{facts.join(' · ')}</p>
      <p class="hint">{t('pullGoesOn')}</p>
      <div class="buttons">
        <button type="button" class="button" aria-label={t('pullCancel', { model })} onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </>
  );
}

function Remedy({ pull, onGoOn }: { readonly pull: OfState<'failed'>; readonly onGoOn: () => void }) {
  const { reason, failure } = pull;
  const [, remedy] = describePull(reason);
  return (
    <>
      {failure.message !== undefined && <p class="hint">{t('providerSays', { message: failure.message })}</p>}
      <div class="buttons">
        {remedy !== 'go-on' && (
          <a class="button primary" href={pages[remedy]} target="_blank" rel="noreferrer">
            {t(remedy === 'update' ? 'pullUpdate' : 'pullLookUp')}
          </a>
        )}
        <button type="button" class={remedy === 'go-on' ? 'button primary' : 'button'} onClick={onGoOn}>
          {t(labelOfGoOn(pull))}
        </button>
      </div>
    </>
  );
}

const pages = { 'look-up': 'https://ollama.com/search', update: 'https://ollama.com/download' } as const;

function labelOfGoOn({ reason, failure }: OfState<'failed'>): 'remedyGrantAccess' | 'retry' | 'pullGoOn' {
  if (failure.origin !== undefined) return 'remedyGrantAccess';
  return reason === 'unknown-model' || reason === 'other' ? 'retry' : 'pullGoOn';
}

function Act({ label, act }: { readonly label: string; readonly act: () => void }) {
  return (
    <div class="buttons">
      <button type="button" class="button primary" onClick={act}>
        {label}
      </button>
    </div>
  );
}

function sentenceOf(pull: ShownPull): string {
  const { model } = pull;
  switch (pull.state) {
    case 'running':
      return t('pullRunning', { model });
    case 'done':
      return t('pullDone', { model: pull.listedAs });
    case 'cancelled':
      return t('pullCancelled', { model });
    case 'lost':
      return t('pullLost', { model });
    case 'failed': {
      const [sentence] = describePull(pull.reason);
      const { host = t('thisAddress') } = pull.failure;
      return sentence === undefined ? failureSentence(pull.failure) : t(sentence, { model, host });
    }
  }
}
