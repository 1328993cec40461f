import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { isSameModel, withoutModel } from '@/lib/chat/chat-defaults';
import { t } from '@/lib/i18n/translate-later';
import type { Panel } from '@/lib/panel/panel';
import { failureSentence } from '../ui/failure-sentence';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { nameOfEndpoint } from '../ui/name-of-endpoint';
import { useListKeys } from '../ui/use-list-keys';
import { type OfferedGroup, type OfferedModel, offerModels } from './offered-models';
import { Star } from './star';
import './model-picker.css';

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
  // Before it is drawn: keys that are pressed as soon as it is seen are for it.
  useLayoutEffect(() => field.current?.focus(), []);
  // Also what is added or changed while the list is open.
  useEffect(() => models.load(false), [models.settings.value]);

  // Nothing jumps away under the pointer: what is starred stands first when the list is opened again.
  const order = useMemo(() => models.settings.value, [models.settings.value === undefined]);
  const favourites = models.settings.value?.favourites ?? [];
  const groups = offerModels(models.groups.value, {
    filter,
    favourites: order?.favourites ?? [],
    recent: order?.recent ?? [],
  });
  const offered = groups.flatMap((group) => group.models);
  const chosen = models.chosen.value;
  const isChosen = ({ ref }: OfferedModel): boolean => isSameModel(ref, chosen);
  const isFavourite = ({ ref }: OfferedModel): boolean => favourites.some((other) => isSameModel(other, ref));
  /** The whole name of one that is listed is meant, whatever else begins with it. */
  const isMeant = ({ ref, kind }: OfferedModel): boolean =>
    filter === ''
      ? isSameModel(ref, chosen)
      : kind === 'listed' && (ref.model === filter.trim() || ref.label === filter.trim());

  function choose(index: number): void {
    const model = offered[index];
    if (!model) return;
    models.choose(model.ref);
    onClose();
  }

  function star(model: OfferedModel | undefined): void {
    if (!model) return;
    const others = withoutModel(favourites, model.ref);
    models.change({ favourites: others.length < favourites.length ? others : [...favourites, model.ref] });
  }

  const keys = useListKeys({
    count: offered.length,
    first: Math.max(0, offered.findIndex(isMeant)),
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
        <ActiveModelButtons
          model={offered[keys.active]}
          isFavourite={isFavourite}
          onStar={star}
          onDefaults={({ ref }) =>
            panel.openOptions(`chat/${encodeURIComponent(ref.endpointId)}/${encodeURIComponent(ref.model)}`)
          }
        />
        <IconButton label={t('refreshModels')} icon="retry" onClick={() => models.load(true)} />
      </div>
      <div class="picker-list" id="models" role="listbox" aria-label={t('chooseModel')}>
        {groups.map((group) => (
          <PickerGroup
            key={group.id}
            offer={group}
            name={nameOf(group, nameOfEndpoint(models.groups.value, group.id))}
            start={offered.findIndex((model) => model === group.models[0])}
            active={keys.active}
            isChosen={isChosen}
            isFavourite={isFavourite}
            onPoint={keys.setActive}
            onChoose={choose}
            onStar={star}
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

function nameOf({ heading }: OfferedGroup, endpointName: string): string {
  return typeof heading === 'string' ? t(heading) : endpointName;
}

interface ActiveModelButtonsProps {
  /** The one that Enter would take; undefined where there is none. */
  readonly model: OfferedModel | undefined;
  readonly isFavourite: (model: OfferedModel) => boolean;
  readonly onStar: (model: OfferedModel) => void;
  readonly onDefaults: (model: OfferedModel) => void;
}

/** What can be done with the active model besides choosing it, for those who have no pointer, too: Tab leads here. */
function ActiveModelButtons({ model, isFavourite, onStar, onDefaults }: ActiveModelButtonsProps) {
  if (!model) return null;
  const isStarred = isFavourite(model);
  const label = t('favourite', { model: model.ref.label });
  return (
    <span class="picker-active">
      <button
        type="button"
        class="icon-button"
        aria-label={label}
        title={label}
        aria-pressed={isStarred}
        onClick={() => onStar(model)}
      >
        <Star isOn={isStarred} />
      </button>
      <IconButton
        label={t('defaultsOf', { model: model.ref.label })}
        icon="settings"
        onClick={() => onDefaults(model)}
      />
    </span>
  );
}

interface PickerGroupProps {
  readonly offer: OfferedGroup;
  readonly name: string;
  /** The number of its first option among all. */
  readonly start: number;
  readonly active: number;
  readonly isChosen: (model: OfferedModel) => boolean;
  readonly isFavourite: (model: OfferedModel) => boolean;
  readonly onPoint: (index: number) => void;
  readonly onChoose: (index: number) => void;
  readonly onStar: (model: OfferedModel) => void;
}

function PickerGroup({ offer, name, start, active, onPoint, onChoose, ...model }: PickerGroupProps) {
  const note = noteOf(offer);
  if (offer.models.length === 0 && note === '') return null;
  return (
    <div role="group" aria-label={name}>
      <div class="picker-group" role="presentation">
        {name}
        {note !== '' && <span class={isFailed(offer) ? 'failed' : 'hint'}>{note}</span>}
      </div>
      {offer.models.map((line, place) => (
        // The focus stays in the filter, which has the keys.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={`${line.kind} ${line.ref.endpointId} ${line.ref.model}`}
          id={optionId(start + place)}
          class="picker-option"
          role="option"
          tabIndex={-1}
          aria-selected={model.isChosen(line)}
          data-active={start + place === active}
          onPointerMove={() => onPoint(start + place)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(start + place)}
        >
          <PickerLine line={line} {...model} />
        </div>
      ))}
    </div>
  );
}

type PickerLineProps = Pick<PickerGroupProps, 'isChosen' | 'isFavourite' | 'onStar'> & { readonly line: OfferedModel };

function PickerLine({ line, isChosen, isFavourite, onStar }: PickerLineProps) {
  const isStarred = isFavourite(line);
  return (
    <>
      <span>{labelOf(line)}</span>
      {line.place !== '' && <span class="hint">{line.place}</span>}
      {isChosen(line) && <Icon name="check" />}
      {isStarred && <span class="visually-hidden">{`, ${t('starred')}`}</span>}
      {/* For the pointer only; the button above does it for all. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
      <span
        class="picker-star"
        aria-hidden="true"
        onClick={(event) => {
          event.stopPropagation();
          onStar(line);
        }}
      >
        <Star isOn={isStarred} />
      </span>
    </>
  );
}

function isFailed({ heading }: OfferedGroup): boolean {
  return typeof heading !== 'string' && heading.failure !== null;
}

/** Why an endpoint's list is not there. */
function noteOf({ heading }: OfferedGroup): string {
  if (typeof heading === 'string') return '';
  if (heading.failure) return failureSentence(heading.failure);
  return heading.isLoading && heading.models.length === 0 ? t('loadingModels') : '';
}

function labelOf({ kind, ref }: OfferedModel): string {
  switch (kind) {
    case 'listed':
      return ref.label;
    case 'typed':
      return t('useModel', { model: ref.label });
  }
}
