import { useEffect, useRef } from 'preact/hooks';
import type { Diagnosis } from '@/lib/doctor/diagnosis';
import { type Cure, describeDiagnosis } from '@/lib/doctor/describe-diagnosis';
import { t } from '@/lib/i18n/translate-later';
import type { CheckUps } from '@/lib/panel/check-ups';
import type { Pulls } from '@/lib/panel/pulls';
import { PullForm } from '../pull/pull-form';
import { PullView } from '../pull/pull-view';
import { failureSentence } from '../ui/failure-sentence';
import { OriginLines } from './origin-lines';
import './doctor.css';

export interface CheckUpViewProps {
  readonly checkUps: CheckUps;
  /** What it is kept under: see `CheckUps`. */
  readonly place: string;
  readonly endpointId: string;
  readonly onCopy: (text: string) => Promise<void>;
  /** Opens the form of the endpoint. */
  readonly onEdit: () => void;
  /** Where the server can download models. */
  readonly pulls?: Pulls | undefined;
}

/** What the doctor has found, in a sentence, and the one thing that helps. */
export function CheckUpView(props: CheckUpViewProps) {
  const { checkUps, place, endpointId } = props;
  const checkUp = checkUps.all.value.get(place);
  const view = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button that was pressed goes with what it was about.
    if (document.activeElement === document.body) view.current?.focus();
  }, [checkUp]);
  if (!checkUp) return null;
  const diagnosis = 'diagnosis' in checkUp ? checkUp.diagnosis : undefined;
  return (
    <div class="check-up" ref={view} tabIndex={-1} data-diagnosis={diagnosis?.kind} data-state={checkUp.state}>
      <output>
        {checkUp.state === 'looking' && t('doctorLooking')}
        {checkUp.state === 'lost' && t('doctorLost')}
        {checkUp.state === 'chosen' && t('doctorChosen', { model: checkUp.model.label })}
        {diagnosis && sentenceOf(diagnosis)}
        {checkUp.state === 'refused' && <span class="hint"> {t('accessRefused')}</span>}
      </output>
      {diagnosis?.kind === 'origin-refused' && <OriginLines onCopy={props.onCopy} />}
      {diagnosis?.kind === 'model-missing' && props.pulls && diagnosis.model !== undefined && (
        <PullView pulls={props.pulls} endpointId={endpointId} model={diagnosis.model} />
      )}
      {diagnosis?.kind === 'no-models' && props.pulls ? (
        <PullForm pulls={props.pulls} endpointId={endpointId} />
      ) : (
        diagnosis && <CureView {...props} diagnosis={diagnosis} />
      )}
      {checkUp.state === 'lost' && (
        <Buttons label={t('checkAgain')} onClick={() => checkUps.start(place, endpointId)} />
      )}
    </div>
  );
}

function CureView(props: CheckUpViewProps & { readonly diagnosis: Diagnosis }) {
  const { checkUps, place, endpointId, diagnosis, onEdit } = props;
  const [, cure] = describeDiagnosis(diagnosis.kind);
  const { host, models = [], page = '', address = '' } = diagnosis;
  switch (cure) {
    case 'ask-one-token':
      return (
        <Buttons
          label={t('cureAskOneToken')}
          hint={t('cureAskOneTokenHint')}
          onClick={() => checkUps.askOneToken(place, endpointId, diagnosis)}
        />
      );
    case 'choose-model':
      return models.length === 0 ? (
        <Buttons label={t('checkAgain')} onClick={() => checkUps.start(place, endpointId)} />
      ) : (
        <ul class="check-up-models" aria-label={t('chooseModel')}>
          {models.map((model) => (
            <li key={model.id}>
              <button type="button" class="button" onClick={() => checkUps.chooseModel(place, endpointId, model)}>
                {model.label ?? model.id}
              </button>
            </li>
          ))}
        </ul>
      );
    case 'hide-origin':
      return (
        <Buttons
          label={t('cureHideOrigin')}
          hint={t('cureHideOriginHint', { host })}
          onClick={() => checkUps.hideOrigin(place, endpointId)}
        />
      );
    case 'open-page':
      return (
        <div class="buttons">
          <a class="button primary" href={page} target="_blank" rel="noreferrer">
            {t('cureOpenPage', { page })}
          </a>
        </div>
      );
    case 'check-again':
    case 'edit-address':
    case 'edit-key':
    case 'grant-access':
    case 'use-address':
      return <Buttons label={t(labels[cure], { address })} onClick={() => act(cure)} />;
  }

  function act(simple: keyof typeof labels): void {
    switch (simple) {
      case 'check-again':
        return checkUps.start(place, endpointId);
      case 'edit-address':
      case 'edit-key':
        return onEdit();
      case 'grant-access':
        return checkUps.grantAccess(place, endpointId, diagnosis);
      case 'use-address':
        return checkUps.useAddress(place, endpointId, diagnosis);
    }
  }
}

const labels = {
  'check-again': 'checkAgain',
  'edit-address': 'cureEditAddress',
  'edit-key': 'cureEditKey',
  'grant-access': 'remedyGrantAccess',
  'use-address': 'cureUseAddress',
} as const satisfies Partial<Record<Cure, unknown>>;

interface ButtonsProps {
  readonly label: string;
  readonly hint?: string;
  readonly onClick: () => void;
}

function Buttons({ label, hint, onClick }: ButtonsProps) {
  return (
    <>
      <div class="buttons">
        <button type="button" class="button primary" onClick={onClick}>
          {label}
        </button>
      </div>
      {hint !== undefined && <p class="hint">{hint}</p>}
    </>
  );
}

function sentenceOf({ kind, host, failure, models = [], model, address = '', firstTokenMs = 0 }: Diagnosis): string {
  const [sentence] = describeDiagnosis(kind);
  if (sentence === undefined) return failure ? failureSentence(failure) : '';
  return t(sentence, {
    host,
    address,
    model: model ?? t('thisModel'),
    count: models.length,
    seconds: Math.round(firstTokenMs / 100) / 10,
  });
}
