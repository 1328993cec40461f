import type { ComponentChildren } from 'preact';

export interface FormFieldProps {
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'url' | 'password' | 'lines';
  /** What it holds at first; after that it is the user's. */
  readonly value: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  /** Told what was typed when the field is left. */
  /** As it is being typed. */
  readonly onInput?: (value: string) => void;
  readonly children?: ComponentChildren;
}

/** A field with its name, what it is for, and what is wrong with it. */
export function FormField({ name, label, type = 'text', value, hint, problem, onInput, children }: FormFieldProps) {
  const describedBy = [hint === undefined ? '' : `${name}-hint`, problem === undefined ? '' : `${name}-problem`];
  const common = {
    id: name,
    name,
    class: 'field',
    spellcheck: false,
    defaultValue: value,
    'aria-invalid': problem !== undefined,
    'aria-describedby': describedBy.join(' ').trim() || undefined,
    onInput: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      onInput?.(currentTarget.value),
  };
  return (
    <div class="form-field">
      <label for={name}>{label}</label>
      {type === 'lines' && <textarea {...common} rows={3} autocomplete="off" />}
      {type === 'password' && <input {...common} type="password" autocomplete="off" />}
      {type === 'text' && <input {...common} type="text" autocomplete="off" />}
      {/* Not a field of type url: the browser must not judge addresses, and those without a scheme are taken too. */}
      {type === 'url' && <input {...common} type="text" inputMode="url" autocomplete="off" />}
      {hint !== undefined && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {problem !== undefined && (
        <p class="failed" role="alert" id={`${name}-problem`}>
          {problem}
        </p>
      )}
      {children}
    </div>
  );
}
