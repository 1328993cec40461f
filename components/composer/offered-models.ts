import { isSameModel } from '@/lib/chat/chat-defaults';
import type { ModelRef } from '@/lib/chat/types';
import type { ModelGroup } from '@/lib/panel/models';
import { nameOfEndpoint } from '../ui/name-of-endpoint';

/** One line of the picker. */
export interface OfferedModel {
  readonly ref: ModelRef;
  /** `typed`: not in its endpoint's list, taken as it was typed. */
  readonly kind: 'listed' | 'typed';
  /** Where it is, when the group does not say it and there are several places. */
  readonly place: string;
}

/** Lines under one heading: what is at hand, then what each endpoint has. No model is in two groups. */
export interface OfferedGroup {
  readonly id: string;
  readonly heading: 'favourites' | 'recent' | ModelGroup;
  readonly models: readonly OfferedModel[];
}

export interface OfferOptions {
  readonly filter: string;
  readonly favourites: readonly ModelRef[];
  readonly recent: readonly ModelRef[];
}

/**
 * What the picker shows for a filter: every word of it is in the model's name or its endpoint's. Behind them, what was
 * typed as a name of its own: not every endpoint lists all that it has.
 */
export function offerModels(
  groups: readonly ModelGroup[],
  { filter, favourites, recent }: OfferOptions,
): readonly OfferedGroup[] {
  const words = filter.toLowerCase().split(/\s+/u).filter(Boolean);
  const typed = filter.trim();
  const taken: ModelRef[] = [];
  const take = (refs: readonly ModelRef[]): readonly ModelRef[] => {
    const free = refs.filter((ref) => !taken.some((other) => isSameModel(other, ref)));
    taken.push(...free);
    return free;
  };
  const nameOf = (ref: ModelRef): string => nameOfEndpoint(groups, ref.endpointId);
  const matching = (refs: readonly ModelRef[]): readonly ModelRef[] =>
    refs.filter((ref) => {
      const text = `${ref.label} ${ref.model} ${nameOf(ref)}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  const atHand = (id: 'favourites' | 'recent', refs: readonly ModelRef[]): OfferedGroup => {
    const there = refs.filter(({ endpointId }) => groups.some(({ endpoint }) => endpoint.id === endpointId));
    return {
      id,
      heading: id,
      models: matching(take(there)).map((ref) => ({
        ref,
        kind: 'listed',
        place: groups.length > 1 ? nameOf(ref) : '',
      })),
    };
  };

  return [
    atHand('favourites', favourites),
    atHand('recent', recent),
    ...groups.map((group): OfferedGroup => {
      const isKnown = taken.some(({ endpointId, model }) => endpointId === group.endpoint.id && model === typed);
      const own = matching(take(listedModels(group))).map((ref): OfferedModel => ({ ref, kind: 'listed', place: '' }));
      return {
        id: group.endpoint.id,
        heading: group,
        models: takesName(group, typed) && !isKnown ? [...own, typedModel(group, typed)] : own,
      };
    }),
  ];
}

function listedModels({ endpoint, models }: ModelGroup): readonly ModelRef[] {
  return models.map(({ id, label }) => ({ endpointId: endpoint.id, model: id, label: label ?? id }));
}

function typedModel({ endpoint }: ModelGroup, name: string): OfferedModel {
  return { kind: 'typed', ref: { endpointId: endpoint.id, model: name, label: name }, place: '' };
}

/** Not a name that is listed already, nor several words; and not where there are no names: there the one model has none. */
function takesName({ models }: ModelGroup, name: string): boolean {
  return /^\S+$/u.test(name) && !models.some(({ id }) => id === name || id === '');
}
