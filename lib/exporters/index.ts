import type { Exporter } from './exporter';
import { json } from './json';
import { markdown } from './markdown';

/** Every format; the first is the one that is offered where there is room for one. */
export const exporters: readonly Exporter[] = [markdown, json];
