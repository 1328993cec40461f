import { isSameModel } from '@/lib/chat/chat-defaults';
import type { ModelRef } from '@/lib/chat/types';
import type { ModelGroup } from '@/lib/panel/models';
import { nameOfEndpoint } from '../ui/name-of-endpoint';

export interface ModelSelectProps {
  readonly id: string;
  readonly groups: readonly ModelGroup[];
  /** Models that may be in no list: not every endpoint lists what it has. */
  readonly known: readonly ModelRef[];
  /** undefined: none. */
  readonly value: ModelRef | undefined;
  /** What it is called to choose none. */
  readonly none: string;
  readonly onChange: (model: ModelRef | undefined) => void;
}

/** One of all models of all endpoints, in the browser's own list. */
export function ModelSelect({ id, groups, known, value, none, onChange }: ModelSelectProps) {
  const offered = groups.map(({ endpoint, models }) => {
    const listed = models.map((model) => ({
      endpointId: endpoint.id,
      model: model.id,
      label: model.label ?? model.id,
    }));
    const others = [...(value ? [value] : []), ...known].filter(
      (ref, index, all) =>
        ref.endpointId === endpoint.id && ![...listed, ...all.slice(0, index)].some((other) => isSameModel(other, ref)),
    );
    return { endpointId: endpoint.id, models: [...others, ...listed] };
  });
  const all = offered.flatMap(({ models }) => models);
  return (
    <select
      class="field"
      id={id}
      name={id}
      value={value ? keyOf(value) : ''}
      onChange={({ currentTarget }) => onChange(all.find((ref) => keyOf(ref) === currentTarget.value))}
    >
      <option value="">{none}</option>
      {offered.map(({ endpointId, models }) => (
        <optgroup key={endpointId} label={nameOfEndpoint(groups, endpointId)}>
          {models.map((ref) => (
            <option key={ref.model} value={keyOf(ref)}>
              {ref.label}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

const keyOf = ({ endpointId, model }: ModelRef): string => JSON.stringify([endpointId, model]);
