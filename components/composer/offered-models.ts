import type { ModelRef } from '@/lib/chat/types';
import type { ModelGroup } from '@/lib/panel/models';

/** One line of the picker. */
export interface OfferedModel {
  readonly ref: ModelRef;
  /** `typed`: not in its endpoint's list, taken as it was typed. */
  readonly kind: 'listed' | 'typed';
}

export interface OfferedGroup {
  readonly group: ModelGroup;
  readonly models: readonly OfferedModel[];
}

/**
 * What the picker shows for a filter: every word of it is in the model's name or its endpoint's. Behind them, what was
 * typed as a name of its own: not every endpoint lists all that it has.
 */
export function offerModels(groups: readonly ModelGroup[], filter: string): readonly OfferedGroup[] {
  const words = filter.toLowerCase().split(/\s+/u).filter(Boolean);
  const typed = filter.trim();
  return groups.map((group) => {
    const listed = listedModels(group).filter(({ ref }) => {
      const text = `${ref.label} ${ref.model} ${group.endpoint.label}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    return { group, models: takesName(group, typed) ? [...listed, typedModel(group, typed)] : listed };
  });
}

function listedModels({ endpoint, models }: ModelGroup): readonly OfferedModel[] {
  return models.map(({ id, label }) => ({
    kind: 'listed',
    ref: { endpointId: endpoint.id, model: id, label: label ?? id },
  }));
}

function typedModel({ endpoint }: ModelGroup, name: string): OfferedModel {
  return { kind: 'typed', ref: { endpointId: endpoint.id, model: name, label: name } };
}

/** Not a name that is listed already, nor several words; and not where there are no names: there the one model has none. */
function takesName({ models }: ModelGroup, name: string): boolean {
  return /^\S+$/u.test(name) && !models.some(({ id }) => id === name || id === '');
}
