import core from 'highlight.js/lib/core';
import type { CompiledMode, Emitter, HLJSApi, Language, LanguageFn } from 'highlight.js';
import { type Colour, colourOf, plainStretches, type Stretch } from './colours';

/** Where a text broke off, inside a comment for example. */
export interface Continuation {
  readonly mode: CompiledMode;
  /** What the open modes remember of their beginning, the name of a heredoc for example. */
  readonly memories: readonly (readonly [CompiledMode, Readonly<Record<string, unknown>>])[];
}

export interface HighlightedCode {
  readonly stretches: readonly Stretch[];
  /** undefined where nothing is open. */
  readonly end: Continuation | undefined;
}

export interface Highlighter {
  addGrammar(id: string, grammar: LanguageFn): void;
  /**
   * Colours code of a language whose grammar was added, from its beginning or from where the text before it broke off.
   * Never throws: what can't be read has no colours. The stretches put together are the text.
   */
  highlight(id: string, text: string, before?: Continuation): HighlightedCode;
}

/** The name under which a mode to go on in is handed to highlight.js. */
const goingOn = 'going-on';

/** highlight.js, whose tree of tokens becomes stretches and never a string of HTML. https://highlightjs.org */
export function createHighlighter(): Highlighter {
  const engine: HLJSApi = core.newInstance();
  engine.configure({ __emitter: StretchEmitter });
  /** The modes that were handed over as languages, and what they were made of. */
  const madeOf = new WeakMap<object, CompiledMode>();

  /**
   * The language to read a text in. highlight.js 11 takes no mode to go on in any more, though it still gives one: a
   * compiled mode is as good as a compiled language, so it goes by as one. Where it ends, its parents follow.
   */
  function startIn(language: Language, mode: CompiledMode): void {
    const original = madeOf.get(mode) ?? mode;
    const start: Language = Object.create(original, {
      ...own('name', language.name),
      ...own('case_insensitive', language.case_insensitive),
      ...own('classNameAliases', language.classNameAliases),
      ...own('compilerExtensions', language.compilerExtensions),
      ...own('disableAutodetect', true),
      ...own('aliases', undefined),
      ...own('rawDefinition', undefined),
    });
    madeOf.set(start, original);
    engine.registerLanguage(goingOn, () => start);
  }

  return {
    addGrammar: (id, grammar) => {
      if (!engine.getLanguage(id)) engine.registerLanguage(id, grammar);
    },
    highlight: (id, text, before) => {
      const plain = { stretches: plainStretches(text), end: undefined };
      const language = engine.getLanguage(id);
      if (!language) return plain;
      for (const [mode, memory] of before?.memories ?? []) Object.assign(mode.data, memory);
      openScopes = before ? scopesAround(before.mode, language) : [];
      if (before) startIn(language, before.mode);
      const { _emitter, _top, errorRaised } = engine.highlight(text, { language: before ? goingOn : id });
      if (!(_emitter instanceof StretchEmitter) || errorRaised) return plain;
      return { stretches: _emitter.stretches, end: _top && isInside(_top) ? breakOff(_top) : undefined };
    },
  };
}

function own(name: string, value: unknown): PropertyDescriptorMap {
  return { [name]: { value, writable: true, enumerable: true, configurable: true } };
}

/** A language has no parent. */
function isInside(mode: Language | CompiledMode): mode is CompiledMode {
  return 'parent' in mode && mode.parent !== undefined;
}

function breakOff(mode: CompiledMode): Continuation {
  const memories = withParents(mode).flatMap((one) => (one.data ? [[one, { ...one.data }] as const] : []));
  return { mode, memories };
}

/** The scopes that are open in a mode, the outermost first. */
function scopesAround(mode: CompiledMode, language: Language): readonly string[] {
  return withParents(mode)
    .flatMap(({ scope }) => (typeof scope === 'string' ? [language.classNameAliases?.[scope] ?? scope] : []))
    .toReversed();
}

/** A mode and those around it, without the language, which is the outermost. */
function withParents(mode: CompiledMode): readonly CompiledMode[] {
  const modes: CompiledMode[] = [];
  for (let one: CompiledMode | undefined = mode; one && isInside(one); one = one.parent) modes.push(one);
  return modes;
}

/** What is open where the next text begins: highlight.js makes its emitters itself, and the first takes it. */
let openScopes: readonly string[] = [];

/**
 * Takes what highlight.js finds as stretches, each in the colour of the innermost scope around it.
 * https://highlightjs.readthedocs.io/en/latest/api.html#configure
 */
class StretchEmitter implements Emitter {
  readonly stretches: Stretch[] = [];
  private readonly colours: (Colour | undefined)[];

  constructor() {
    this.colours = openScopes.map(colourOf);
    openScopes = [];
  }

  addText(text: string): void {
    this.add(text, this.colours.at(-1));
  }

  startScope(scope: string): void {
    this.colours.push(colourOf(scope));
  }

  endScope(): void {
    this.colours.pop();
  }

  openNode(scope: string): void {
    this.startScope(scope);
  }

  closeNode(): void {
    this.endScope();
  }

  __addSublanguage(emitter: Emitter): void {
    if (!(emitter instanceof StretchEmitter)) return;
    for (const { colour, text } of emitter.stretches) this.add(text, colour ?? this.colours.at(-1));
  }

  finalize(): void {}

  /** Nobody asks for it; highlight.js makes it all the same. */
  toHTML(): string {
    return '';
  }

  private add(text: string, colour: Colour | undefined): void {
    if (text === '') return;
    const last = this.stretches.at(-1);
    if (last && last.colour === colour) this.stretches[this.stretches.length - 1] = { colour, text: last.text + text };
    else this.stretches.push({ colour, text });
  }
}
