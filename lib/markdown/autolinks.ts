/** An address that stands in a text without marks around it: what is shown, and where it leads. */
export interface BareAddress {
  readonly text: string;
  readonly destination: string;
}

/** Where a bare web address may begin; what stands in angle brackets is theirs to link. */
export const webAddressStart = /(?<![a-z\d]|<\s?)(?:https?:\/\/|(?<![^\s*_~(])www\.)/i;

/** Finds a bare web address at `at`. https://github.github.com/gfm/#autolinks-extension- */
export function findBareAddress(text: string, at: number, isInBrackets: boolean): BareAddress | undefined {
  const characters = isInBrackets ? /[^\s<\]]{1,2000}/y : /[^\s<]{1,2000}/y;
  characters.lastIndex = at;
  const shown = trimEnd(characters.exec(text)?.[0] ?? '');
  const isWww = /^w/i.test(shown);
  const host = /^(?:https?:\/\/)?([^/?#:]*)/i.exec(shown)?.[1] ?? '';
  const labels = host.split('.');
  if (isWww ? labels.length < 3 && !/^www\.[^.]/i.test(host) : host === '') return undefined;
  if (!/^[\p{L}\p{N}_.-]+$/u.test(host) || labels.slice(-2).some((label) => label.includes('_'))) return undefined;
  return { text: shown, destination: isWww ? `http://${shown}` : shown };
}

/** Without the punctuation that ends the sentence around an address. */
function trimEnd(text: string): string {
  let end = text.length;
  let open = text.split('(').length - text.split(')').length;
  for (; end > 0; end -= 1) {
    const last = text[end - 1] ?? '';
    if (last === ')' && open < 0) open += 1;
    else if (last === ';') {
      const entity = /&[a-z\d]+;$/i.exec(text.slice(Math.max(0, end - 40), end));
      if (!entity) break;
      end -= entity[0].length - 1;
    } else if (!/[?!.,:*_~'"]/.test(last)) break;
  }
  return text.slice(0, end);
}

const mailAddress = /(?<![\w.+-]|<\s?)[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/g;

/** The mail addresses in a text, each with its place. */
export function findMailAddresses(text: string): readonly { readonly from: number; readonly address: string }[] {
  if (!text.includes('@')) return [];
  return Array.from(text.matchAll(mailAddress), ({ index, 0: address }) => ({ from: index, address })).filter(
    ({ address }) => !/[-_]$/.test(address),
  );
}
