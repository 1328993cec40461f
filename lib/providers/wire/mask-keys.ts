/**
 * Takes keys out of text that a provider sent: its own endpoint's key, whole or in pieces of eight characters and more,
 * also as an address or JSON would write it, and whatever looks like a key. Providers echo what they were given,
 * sometimes with stars in the middle.
 */
export function maskKeys(text: string, key: string): string {
  const writings = new Set([key, encodeURIComponent(key), JSON.stringify(key).slice(1, -1)]);
  const pieces = [...writings].flatMap((writing) => piecesOf(writing, text));
  return [...pieces.sort((one, other) => other.length - one.length), ...keyPatterns].reduce<string>(
    (masked, pattern) => masked.replaceAll(pattern, mask),
    text,
  );
}

const mask = '•••';
/** Shorter runs of a key are words that stand in it by chance; a shorter key counts as one run. */
const shortestPiece = 8;
const shortestKey = 5;

const keyPatterns: readonly RegExp[] = [
  /\bBearer\s+\S+/gi,
  /\bBasic\s+[\w+/]{12,}=*/gi,
  /\b(?:sk|pk|rk|sess|key|pplx|nvapi|gsk|xai|hf|r8|ghp|tgp|fw|csk)[-_][\w*•.…-]{6,}/g,
  /\b(?:AIza|AKIA|eyJ)[\w*•.…-]{6,}/g,
  // What has stars in it was a key, or part of one.
  /(?<![\w-])[\w-]*\*{3,}[\w-]*/g,
  /(?<=[?&](?:api[-_]?key|key|token)=)[^&\s"']+/gi,
  /(?<=\b(?:api[-_]?key|authorization)["']?\s*[:=]\s*["']?)[^\s"',;&}]{8,}/gi,
];

/** The longest runs of the key that occur in the text. */
function piecesOf(key: string, text: string): readonly string[] {
  const shortest = Math.max(shortestKey, Math.min(shortestPiece, key.length));
  const pieces: string[] = [];
  for (let start = 0; start + shortest <= key.length; start += 1) {
    let end = start + shortest;
    if (!text.includes(key.slice(start, end))) continue;
    while (end < key.length && text.includes(key.slice(start, end + 1))) end += 1;
    pieces.push(key.slice(start, end));
  }
  return pieces;
}
