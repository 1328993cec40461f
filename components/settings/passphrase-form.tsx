import { useRef, useState } from 'preact/hooks';
import type { AnyKey } from '@/lib/i18n/en/later';
import { t } from '@/lib/i18n/translate-later';
import type { LockAnswer } from '@/lib/panel/keys';
import { FormField } from './form-field';

type Field = 'passphrase' | 'next' | 'repeated';
type Passphrases = Readonly<Record<Field, string>>;

export interface PassphraseFormProps {
  /** Tells its fields from those of the others on the page. */
  readonly name: string;
  readonly fields: readonly Field[];
  readonly action: string;
  readonly hint?: string;
  readonly onSubmit: (passphrases: Passphrases) => Promise<LockAnswer>;
}

/** A shorter one is guessed too soon by somebody who has the disk. */
const shortestPassphrase = 8;

const labels: Readonly<Record<Field, AnyKey>> = {
  passphrase: 'passphrase',
  next: 'newPassphrase',
  repeated: 'repeatPassphrase',
};

/** Passphrases that are asked for, and what is wrong with them. What was typed stays until it was taken. */
export function PassphraseForm({ name, fields, action, hint, onSubmit }: PassphraseFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [isWorking, setIsWorking] = useState(false);

  function show(found: Problem | undefined): void {
    setProblem(found);
    const field = found && form.current?.elements.namedItem(`${name}-${found.field}`);
    if (field instanceof HTMLElement) field.focus();
  }

  async function submit(given: Passphrases): Promise<void> {
    const found = findProblem(given, fields);
    if (found) return show(found);
    setIsWorking(true);
    const answer = await onSubmit(given);
    setIsWorking(false);
    if (answer === 'done') form.current?.reset();
    // What the disk refuses is said at the top of the page.
    return show(answer === 'refused' ? { field: fields[0] ?? 'passphrase', message: 'passphraseWrong' } : undefined);
  }

  return (
    <form
      ref={form}
      class="provider-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (form.current && !isWorking) void submit(readPassphrases(form.current, name));
      }}
    >
      {fields.map((field) => (
        <FormField
          key={field}
          name={`${name}-${field}`}
          label={t(labels[field])}
          type="password"
          value=""
          hint={field === 'next' ? hint : undefined}
          problem={problem?.field === field ? t(problem.message, { count: shortestPassphrase }) : undefined}
        />
      ))}
      <div class="buttons">
        <button type="submit" class="button primary" aria-disabled={isWorking}>
          {action}
        </button>
        <output class="hint">{isWorking && t('lockWorking')}</output>
      </div>
    </form>
  );
}

interface Problem {
  readonly field: Field;
  readonly message: AnyKey;
}

function findProblem({ passphrase, next, repeated }: Passphrases, fields: readonly Field[]): Problem | undefined {
  if (fields.includes('passphrase') && passphrase === '') return { field: 'passphrase', message: 'passphraseNeeded' };
  if (!fields.includes('next')) return undefined;
  if (next.length < shortestPassphrase) return { field: 'next', message: 'passphraseShort' };
  return next === repeated ? undefined : { field: 'repeated', message: 'passphraseDiffers' };
}

function readPassphrases(form: HTMLFormElement, name: string): Passphrases {
  const fields = new FormData(form);
  const text = (field: Field): string => {
    const value = fields.get(`${name}-${field}`);
    return typeof value === 'string' ? value : '';
  };
  return { passphrase: text('passphrase'), next: text('next'), repeated: text('repeated') };
}
