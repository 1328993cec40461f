import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Summary } from '@/lib/chat/types';
import { t } from '@/lib/i18n/translate-later';
import type { Panel } from '@/lib/panel/panel';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { groupByDay } from './group-by-day';
import { HistoryRow } from './history-row';
import './history.css';

/** The list of conversations over the thread. Arrow keys move, Enter opens, R renames, Del deletes, Esc leaves. */
export function HistoryView({ panel, onClose }: { readonly panel: Panel; readonly onClose: () => void }) {
  const { history, thread } = panel;
  const [filter, setFilter] = useState('');
  const [renamingId, setRenamingId] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  // Before it is drawn: keys that are pressed as soon as it is seen are for it.
  useLayoutEffect(() => search.current?.focus(), []);

  const summaries = history.summaries.value;
  const found = filterByTitle(summaries ?? [], filter);

  function rows(): readonly HTMLElement[] {
    return [...(list.current?.querySelectorAll<HTMLElement>('.history-open') ?? [])];
  }

  function focusRow(index: number): void {
    (rows()[index] ?? search.current)?.focus();
  }

  function remove(id: string): void {
    const place = rows().findIndex((row) => row.dataset['conversationId'] === id);
    history.remove(id);
    // The focus was on a row that goes: it stays in the list.
    focusRow(place + 1 < rows().length ? place + 1 : place - 1);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.isComposing || renamingId !== null) return;
    const all = rows();
    const place = all.findIndex((row) => row === document.activeElement);
    const id = all[place]?.dataset['conversationId'];
    if (event.key === 'Escape') onClose();
    else if (event.key === 'ArrowDown') focusRow(Math.min(place + 1, all.length - 1));
    else if (event.key === 'ArrowUp') focusRow(place - 1);
    else if (event.key === 'Enter' && event.target === search.current) all[0]?.click();
    else if (id === undefined) return;
    else if (event.key === 'Home') focusRow(0);
    else if (event.key === 'End') focusRow(all.length - 1);
    else if (event.key === 'Delete') remove(id);
    else if (event.key === 'F2' || event.code === 'KeyR') setRenamingId(id);
    else return;
    event.preventDefault();
  }

  function finishRename(summary: Summary, title: string | null): void {
    if (title !== null && title.trim() !== summary.title) history.rename(summary.id, title);
    setRenamingId(null);
    setTimeout(() =>
      rows()
        .find((row) => row.dataset['conversationId'] === summary.id)
        ?.focus(),
    );
  }

  return (
    // The keys of the whole list are one widget's keys; its rows are buttons of their own.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section class="history" role="dialog" aria-label={t('history')} onKeyDown={onKeyDown}>
      <header class="bar">
        <h2>{t('history')}</h2>
        <IconButton label={t('newChat')} icon="plus" onClick={panel.newChat} />
        <IconButton label={t('close')} icon="close" onClick={onClose} />
      </header>
      <label class="search">
        <Icon name="find" />
        <input
          ref={search}
          type="search"
          aria-label={t('searchHistory')}
          placeholder={t('searchHistory')}
          autocomplete="off"
          value={filter}
          onInput={(event) => setFilter(event.currentTarget.value)}
        />
      </label>
      <div class="history-list" ref={list}>
        {groupByDay(found, Date.now()).map(({ label, summaries: ofDay }) => (
          <div role="group" aria-label={label} key={label}>
            <h3>{label}</h3>
            <ul>
              {ofDay.map((summary) => (
                <HistoryRow
                  key={summary.id}
                  summary={summary}
                  isShown={summary.id === thread.conversationId.value}
                  isRenaming={summary.id === renamingId}
                  onOpen={() => {
                    thread.open(summary.id);
                    onClose();
                  }}
                  onRename={() => setRenamingId(summary.id)}
                  onRenamed={(title) => finishRename(summary, title)}
                  onRemove={() => remove(summary.id)}
                />
              ))}
            </ul>
          </div>
        ))}
        {summaries && found.length === 0 && (
          <p class="hint history-none" role="status">
            {t(filter === '' ? 'noHistory' : 'noMatches')}
          </p>
        )}
        {summaries && summaries.length < history.total.value && (
          <button type="button" class="button history-more" onClick={history.showMore}>
            {t('showMore')}
          </button>
        )}
      </div>
      <footer class="key-hints" aria-hidden="true">
        <span>
          <kbd>↵</kbd> {t('keyOpen')}
        </span>
        <span>
          <kbd>R</kbd> {t('keyRename')}
        </span>
        <span>
          <kbd>Del</kbd> {t('keyDelete')}
        </span>
      </footer>
    </section>
  );
}

function filterByTitle(summaries: readonly Summary[], filter: string): readonly Summary[] {
  const words = filter.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return summaries;
  return summaries.filter(({ title }) => {
    const text = title.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
