/**
 * What the panel and the frame that draws diagrams say to each other. The frame has an opaque origin and no other way
 * out; each side takes messages of the other's window only, of this version, and of these shapes.
 */
export const diagramVersion = 1;

export type Theme = 'light' | 'dark';

export interface ToDiagram {
  readonly version: typeof diagramVersion;
  readonly type: 'draw';
  readonly source: string;
  readonly theme: Theme;
}

export type FromDiagram = { readonly version: typeof diagramVersion } & (
  | { readonly type: 'ready' }
  /** Again whenever its height changes, in CSS pixels. */
  | { readonly type: 'drawn'; readonly height: number }
  | { readonly type: 'failed' }
);

/** Longer ones are not drawn; mermaid itself would draw a complaint. */
export const maxSource = 50_000;

export function readToDiagram(message: unknown): ToDiagram | undefined {
  if (!isOfVersion(message) || message['type'] !== 'draw') return undefined;
  const { source, theme } = message;
  if (typeof source !== 'string' || (theme !== 'light' && theme !== 'dark')) return undefined;
  return { version: diagramVersion, type: 'draw', source, theme };
}

export function readFromDiagram(message: unknown): FromDiagram | undefined {
  if (!isOfVersion(message)) return undefined;
  const { type, height } = message;
  if (type === 'ready' || type === 'failed') return { version: diagramVersion, type };
  if (type !== 'drawn' || typeof height !== 'number' || !Number.isFinite(height)) return undefined;
  return { version: diagramVersion, type, height };
}

function isOfVersion(message: unknown): message is Readonly<Record<string, unknown>> {
  return typeof message === 'object' && message !== null && 'version' in message && message.version === diagramVersion;
}
