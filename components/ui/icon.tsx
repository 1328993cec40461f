/** The strokes of each icon in a 16 × 16 field. */
const strokes = {
  history: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h7',
  plus: 'M8 3v10M3 8h10',
  settings: 'M2.5 5h4.5M11 5h2.5M2.5 11H5M9 11h4.5M9 3.2v3.6M7 9.2v3.6',
  send: 'M8 13V3M4 7l4-4 4 4',
  stop: 'M5.7 4.5h4.6a1.2 1.2 0 0 1 1.2 1.2v4.6a1.2 1.2 0 0 1-1.2 1.2H5.7a1.2 1.2 0 0 1-1.2-1.2V5.7a1.2 1.2 0 0 1 1.2-1.2Z',
  copy: 'M7.1 5.5h4.8a1.6 1.6 0 0 1 1.6 1.6v4.8a1.6 1.6 0 0 1-1.6 1.6H7.1a1.6 1.6 0 0 1-1.6-1.6V7.1a1.6 1.6 0 0 1 1.6-1.6ZM10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2',
  check: 'm3.5 8.5 3 3 6-7',
  retry: 'M13 8a5 5 0 1 1-1.5-3.6M13 2.5v3h-3',
  edit: 'm10.5 3 2.5 2.5-7.5 7.5H3v-2.5zM8.8 4.7l2.5 2.5',
  trash: 'M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.5 8.5h6l.5-8.5',
  quote: 'M4 2.5h5L12.5 6v7.5h-8.5zM9 2.5V6h3.5',
  close: 'm4.5 4.5 7 7M11.5 4.5l-7 7',
  find: 'M11.2 7a4.2 4.2 0 1 1-8.4 0 4.2 4.2 0 0 1 8.4 0ZM10.2 10.2l3 3',
  down: 'm5 6.5 3 3 3-3',
  previous: 'm9.5 5-3 3 3 3',
  next: 'm6.5 5 3 3-3 3',
  latest: 'M8 3v10M4 9l4 4 4-4',
  spark: 'M8 2v3M8 11v3M2 8h3M11 8h3M4 4l1.8 1.8M10.2 10.2 12 12M12 4l-1.8 1.8M5.8 10.2 4 12',
  panel: 'M3.5 3h9a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1ZM9.5 3v10',
} as const;

export type IconName = keyof typeof strokes;

/** A picture beside or inside something that has a name of its own. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={strokes[name]} />
    </svg>
  );
}
