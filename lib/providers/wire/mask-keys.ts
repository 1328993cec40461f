/**
 * Takes keys out of text that a provider sent: its own endpoint's key, whole or in pieces of eight characters and more,
 * and whatever looks like a key. Providers echo what they were given, sometimes with stars in the middle.
 */
export function maskKeys(text: string, key: string): string {
  let masked = text;
  for (const piece of piecesOf(key, text)) masked = masked.replaceAll(piece, mask);
  for (const pattern of keyPatterns) masked = masked.replaceAll(pattern, mask);
  return masked.replaceAll(inAddress, `$1${mask}`);
}

const mask = '•••';
const shortestPiece = 8;

const keyPatterns: readonly RegExp[] = [
  /\bBearer\s+\S+/gi,
  /\bBasic\s+[\w+/]{12,}=*/gi,
  /\b(?:sk|pk|rk|sess|key|pplx|nvapi|gsk|xai|hf|r8|ghp)[-_][\w*•.…-]{6,}/g,
  /\bAIza[\w*•.…-]{6,}/g,
];
const inAddress = /([?&](?:api[-_]?key|key|token)=)[^&\s"']+/gi;

/** The longest runs of the key that occur in the text, longest first. */
function piecesOf(key: string, text: string): readonly string[] {
  const pieces: string[] = [];
  for (let start = 0; start + shortestPiece <= key.length; start += 1) {
    let end = start + shortestPiece;
    if (!text.includes(key.slice(start, end))) continue;
    while (end < key.length && text.includes(key.slice(start, end + 1))) end += 1;
    pieces.push(key.slice(start, end));
  }
  return pieces.sort((one, other) => other.length - one.length);
}
