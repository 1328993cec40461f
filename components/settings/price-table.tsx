import { useState } from 'preact/hooks';
import { t } from '@/lib/i18n/translate-later';
import type { Options } from '@/lib/panel/options';
import { type Price, pricesIn } from '@/lib/chat/prices';
import './privacy.css';

/** A row as it is typed. */
interface Row {
  readonly id: number;
  readonly model: string;
  readonly input: string;
  readonly output: string;
}

/** What the user's models cost, for what an answer has cost. There is none before it is entered: prices change. */
export function PriceTable({ options }: { readonly options: Options }) {
  const [rows, setRows] = useState<readonly Row[]>(() => rowsOf(pricesIn(options.settings.value ?? {})));
  const [isWrong, setIsWrong] = useState(false);

  function take(next: readonly Row[]): void {
    setRows(next);
    const prices = next.filter(({ model }) => model.trim() !== '').map(priceOf);
    const whole = prices.filter((price) => price !== undefined);
    setIsWrong(whole.length < prices.length);
    // What is half typed is not taken, and what was there stays.
    if (whole.length === prices.length) options.choose({ prices: whole });
  }
  const change = (id: number, field: Partial<Row>): void =>
    take(rows.map((row) => (row.id === id ? { ...row, ...field } : row)));

  return (
    <>
      <h3>{t('prices')}</h3>
      <p class="hint">{t('pricesHint')}</p>
      {rows.length > 0 && (
        <table class="prices">
          <thead>
            <tr>
              <th scope="col">{t('priceModel')}</th>
              <th scope="col">{t('priceInput')}</th>
              <th scope="col">{t('priceOutput')}</th>
              <th scope="col">
                <span class="visually-hidden">{t('removeProvider')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                {fields.map(({ field, label, mode }) => (
                  <td key={field}>
                    <input
                      class="field"
                      type="text"
                      inputMode={mode}
                      aria-label={t(label)}
                      name={`price-${field}`}
                      autocomplete="off"
                      spellcheck={false}
                      value={row[field]}
                      onChange={(event) => change(row.id, { [field]: event.currentTarget.value })}
                    />
                  </td>
                ))}
                <td>
                  <button
                    type="button"
                    class="button"
                    aria-label={`${t('removeProvider')}: ${row.model}`}
                    onClick={() => take(rows.filter(({ id }) => id !== row.id))}
                  >
                    {t('removeProvider')}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {isWrong && (
        <p class="failed" role="alert">
          {t('priceWrong')}
        </p>
      )}
      <button
        type="button"
        class="button"
        onClick={() =>
          setRows([...rows, { id: Math.max(-1, ...rows.map(({ id }) => id)) + 1, model: '', input: '', output: '' }])
        }
      >
        {t('addPrice')}
      </button>
    </>
  );
}

const fields = [
  { field: 'model', label: 'priceModel', mode: 'text' },
  { field: 'input', label: 'priceInput', mode: 'decimal' },
  { field: 'output', label: 'priceOutput', mode: 'decimal' },
] as const;

function rowsOf(prices: readonly Price[]): readonly Row[] {
  return prices.map(({ model, input, output }, id) => ({ id, model, input: String(input), output: String(output) }));
}

/** undefined where a price is no number; a comma is taken for a point. */
function priceOf({ model, input, output }: Row): Price | undefined {
  const [inputPrice = Number.NaN, outputPrice = Number.NaN] = [input, output].map((text) =>
    text.trim() === '' ? Number.NaN : Number(text.replace(',', '.')),
  );
  if (!(inputPrice >= 0 && outputPrice >= 0)) return undefined;
  return { model: model.trim(), input: inputPrice, output: outputPrice };
}
