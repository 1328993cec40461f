import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '@/lib/i18n/translate';
import type { Panel } from '@/lib/panel/panel';
import { failureSentence } from '../ui/failure-sentence';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { useListKeys } from '../ui/use-list-keys';
import { type OfferedGroup, type OfferedModel, offerModels } from './offered-models';

export interface ModelPickerProps {
  readonly panel: Panel;
  /** It is done with: the focus goes back to where questions are written. */
  readonly onClose: () => void;
  /** The focus has gone elsewhere, and stays there. */
  readonly onLeave: () => void;
}

/** The list of models with a filter over it: a combobox whose list is always open. */
export function ModelPicker({ panel, onClose, onLeave }: ModelPickerProps) {
  const { models } = panel;
  const [filter, setFilter] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  // Also what is added or changed while the list is open.
  useEffect(() => models.load(false), [models.settings.value]);

  const groups = offerModels(models.groups.value, filter);
  const offered = groups.flatMap((group) => group.models);
  const chosen = models.chosen.value;
  const isChosen = ({ ref }: OfferedModel): boolean =>
    ref.endpointId === chosen?.endpointId && ref.model === chosen.model;

  function choose(index: number): void {
    const model = offered[index];
    if (!model) return;
    models.choose(model.ref);
    onClose();
  }

  const keys = useListKeys({
    count: offered.length,
    first: filter === '' ? Math.max(0, offered.findIndex(isChosen)) : 0,
    resetKey: filter,
    onChoose: choose,
    onEscape: onClose,
  });
  useEffect(() => {
    document.getElementById(optionId(keys.active))?.scrollIntoView({ block: 'nearest' });
  }, [keys.active, offered.length]);

  return (
    // Leaving it in any way closes it, and so does Esc from any control in it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      class="picker"
      role="dialog"
      aria-label={t('chooseModel')}
      ref={box}
      onFocusOut={(event) => {
        const target = event.relatedTarget;
        if (!(target instanceof Element) || box.current?.contains(target)) return;
        // The button that opened the list closes it by its own click.
        if (target.closest('[aria-haspopup="dialog"]') === null) onLeave();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        event.preventDefault();
        onClose();
      }}
    >
      <div class="picker-top">
        <label class="search">
          <Icon name="find" />
          <input
            ref={field}
            role="combobox"
            aria-label={t('filterModels')}
            aria-expanded="true"
            aria-controls="models"
            aria-autocomplete="list"
            aria-activedescendant={offered.length > 0 ? optionId(keys.active) : undefined}
            placeholder={t('filterModels')}
            autocomplete="off"
            spellcheck={false}
            value={filter}
            onInput={(event) => setFilter(event.currentTarget.value)}
            onKeyDown={keys.onKeyDown}
          />
        </label>
        <IconButton label={t('refreshModels')} icon="retry" onClick={() => models.load(true)} />
      </div>
      <div class="picker-list" id="models" role="listbox" aria-label={t('chooseModel')}>
        {groups.map((group) => (
          <PickerGroup
            key={group.group.endpoint.id}
            offer={group}
            start={offered.findIndex((model) => model === group.models[0])}
            active={keys.active}
            isChosen={isChosen}
            onPoint={keys.setActive}
            onChoose={choose}
          />
        ))}
      </div>
      {offered.length === 0 && filter !== '' && <p class="hint picker-none">{t('noModels')}</p>}
      <button type="button" class="picker-add" onClick={() => panel.openOptions('providers')}>
        <Icon name="plus" />
        {t('addProvider')}
      </button>
    </div>
  );
}

const optionId = (index: number): string => `model-${index}`;

interface PickerGroupProps {
  readonly offer: OfferedGroup;
  /** The number of its first option among all. */
  readonly start: number;
  readonly active: number;
  readonly isChosen: (model: OfferedModel) => boolean;
  readonly onPoint: (index: number) => void;
  readonly onChoose: (index: number) => void;
}

function PickerGroup({ offer, start, active, isChosen, onPoint, onChoose }: PickerGroupProps) {
  const { endpoint, isLoading, failure, models: listed } = offer.group;
  if (offer.models.length === 0 && !failure && !(isLoading && listed.length === 0)) return null;
  const note = failure ? failureSentence(failure) : isLoading && listed.length === 0 ? t('loadingModels') : '';
  return (
    <div role="group" aria-label={endpoint.label}>
      <div class="picker-group" role="presentation">
        {endpoint.label}
        {note !== '' && <span class={failure ? 'failed' : 'hint'}>{note}</span>}
      </div>
      {offer.models.map((model, place) => (
        // The focus stays in the filter, which has the keys.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={`${model.kind} ${model.ref.model}`}
          id={optionId(start + place)}
          class="picker-option"
          role="option"
          tabIndex={-1}
          aria-selected={isChosen(model)}
          data-active={start + place === active}
          onPointerMove={() => onPoint(start + place)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(start + place)}
        >
          <span>{labelOf(model)}</span>
          {isChosen(model) && <Icon name="check" />}
        </div>
      ))}
    </div>
  );
}

function labelOf({ kind, ref }: OfferedModel): string {
  switch (kind) {
    case 'listed':
      return ref.label;
    case 'typed':
      return t('useModel', { model: ref.label });
  }
}
