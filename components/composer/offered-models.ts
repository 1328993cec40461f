import type { ModelRef } from '@/lib/chat/types';
import type { ModelGroup } from '@/lib/panel/models';

/** One line of the picker. */
export interface OfferedModel {
  readonly ref: ModelRef;
  /** `typed`: not in any list, taken as it was typed. `nameless`: an endpoint whose wire has no model names. */
  readonly kind: 'listed' | 'nameless' | 'typed';
}

export interface OfferedGroup {
  readonly group: ModelGroup;
  readonly models: readonly OfferedModel[];
}

/** What the picker shows for a filter: every word of it is in the model's name or its endpoint's. */
export function offerModels(groups: readonly ModelGroup[], filter: string): readonly OfferedGroup[] {
  const words = filter.toLowerCase().split(/\s+/u).filter(Boolean);
  const found = groups.map((group) => ({
    group,
    models: known(group).filter(({ ref }) => {
      const text = `${ref.label} ${ref.model} ${group.endpoint.label}`.toLowerCase();
      return words.every((word) => text.includes(word));
    }),
  }));
  const typed = filter.trim();
  if (typed === '' || found.some(({ models }) => models.length > 0)) return found;
  return groups.map((group) => ({
    group,
    models: isNameless(group)
      ? []
      : [{ kind: 'typed', ref: { endpointId: group.endpoint.id, model: typed, label: typed } }],
  }));
}

function known(group: ModelGroup): readonly OfferedModel[] {
  const { endpoint, models } = group;
  if (isNameless(group)) {
    return [{ kind: 'nameless', ref: { endpointId: endpoint.id, model: '', label: endpoint.label } }];
  }
  return models.map(({ id, label }) => ({
    kind: 'listed',
    ref: { endpointId: endpoint.id, model: id, label: label ?? id },
  }));
}

/** Answered, and with no names: it answers with a model of its own. */
function isNameless({ models, isLoading, failure }: ModelGroup): boolean {
  return models.length === 0 && !isLoading && failure === null;
}
