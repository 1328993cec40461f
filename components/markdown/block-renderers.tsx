import type { CellAlign, Heading, List, ListItem, Quote, Table, TableRow } from '@/lib/markdown/nodes';
import { Formula } from './formula';
import { CodeBlock } from './code-block';
import type { BlockRenderers, View } from './view';

export const blockRenderers: BlockRenderers = {
  paragraph: ({ children }, view) => <p dir="auto">{view.inlines(children)}</p>,
  heading: renderHeading,
  list: renderList,
  quote: renderQuote,
  code: (code, view) => <CodeBlock code={code} view={view} />,
  table: renderTable,
  rule: () => <hr />,
  'math-block': ({ tex }) => (
    <p class="math-line" dir="auto">
      <Formula tex={tex} isDisplay />
    </p>
  ),
  html: ({ text }) => (
    <p class="source" dir="auto">
      {text}
    </p>
  ),
};

function renderHeading({ level, children }: Heading, view: View) {
  const Tag = `h${level}` as const;
  return <Tag dir="auto">{view.inlines(children)}</Tag>;
}

function renderQuote({ alert, children }: Quote, view: View) {
  if (!alert) return <blockquote dir="auto">{view.blocks(children)}</blockquote>;
  return (
    <blockquote class={`alert alert-${alert}`} dir="auto">
      <p class="alert-title" dir="auto">
        {view.labels.alerts[alert]}
      </p>
      {view.blocks(children)}
    </blockquote>
  );
}

function renderList({ ordered, start, tight, items }: List, view: View) {
  const children = items.map((item) =>
    view.once(tight ? 'tight-item' : 'loose-item', item, () => renderItem(item, tight, view)),
  );
  if (!ordered) return <ul dir="auto">{children}</ul>;
  return (
    <ol dir="auto" start={start}>
      {children}
    </ol>
  );
}

function renderItem({ checked, children }: ListItem, tight: boolean, view: View) {
  const content = children.map((block) =>
    tight && block.type === 'paragraph' ? view.inlines(block.children) : view.blocks([block]),
  );
  if (checked === undefined) return <li dir="auto">{content}</li>;
  return (
    <li class="task" dir="auto">
      <input
        type="checkbox"
        disabled
        checked={checked}
        aria-label={checked ? view.labels.taskDone : view.labels.taskOpen}
      />{' '}
      {content}
    </li>
  );
}

function renderTable({ align, head, rows }: Table, view: View) {
  return (
    // A region that scrolls has to be reachable for the keyboard that scrolls it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <figure class="table" aria-label={view.labels.table} tabindex={0}>
      <table dir="auto">
        <thead>{renderRow(head, align, view, true)}</thead>
        {rows.length > 0 && (
          <tbody>{rows.map((row) => view.once('row', row, () => renderRow(row, align, view, false)))}</tbody>
        )}
      </table>
    </figure>
  );
}

function renderRow(row: TableRow, align: readonly CellAlign[], view: View, isHead: boolean) {
  return (
    <tr>
      {row.cells.map((inlines, column) => {
        const side = align[column];
        const alignClass = side && `align-${side}`;
        return isHead ? (
          <th class={alignClass} scope="col" dir="auto">
            {view.inlines(inlines)}
          </th>
        ) : (
          <td class={alignClass} dir="auto">
            {view.inlines(inlines)}
          </td>
        );
      })}
    </tr>
  );
}
