/**
 * Takes keys out of text that a provider sent, and whatever looks like one: providers echo what they were given, sometimes
 * with stars in the middle. Of its own endpoint's key it hides every piece of eight characters, and of five at the start
 * or the end, in either case, also as an address, JSON, HTML or base64 writes it.
 */
export function maskKeys(text: string, key: string): string {
  const html = key.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const base64 = btoa(String.fromCharCode(...new TextEncoder().encode(key)));
  const writings = [key, encodeURIComponent(key), JSON.stringify(key).slice(1, -1), html, base64];
  return keyPatterns.reduce<string>(
    (masked, pattern) => masked.replaceAll(pattern, mask),
    writings.reduce((masked, writing) => maskPieces(masked, writing.toLowerCase()), text),
  );
}

const mask = '•••';
/** Shorter runs of a key are words that stand in it by chance; of its start and end providers show that much. */
const shortestPiece = 8;
const shortestEnd = 5;

const keyPatterns: readonly RegExp[] = [
  /\b(?:Bearer\s+\S+|Basic\s+[\w+/]{12,}=*)/gi,
  /\b(?:(?:sk|pk|rk|sess|key|pplx|nvapi|gsk|xai|hf|r8|ghp|tgp|fw|csk)[-_]|AIza|AKIA|eyJ)[\w*•.…-]{6,}/g,
  // What has stars in it was a key, or part of one.
  /(?<![\w-])[\w-]*\*{3,}[\w-]*/g,
  /(?<=[?&](?:api[-_]?key|key|token)=)[^&\s"']+/gi,
  /(?<=\b(?:api[-_]?key|authorization)["']?\s*[:=]\s*["']?)[^\s"',;&}]{8,}/gi,
];

/** From each place of the key on, what occurs of it in the text, as far as it goes. The key is in lower case. */
function maskPieces(text: string, key: string): string {
  let masked = text;
  for (let start = 0; start + shortestEnd <= key.length; start += 1) {
    const head = key.slice(start, start + (start === 0 ? shortestEnd : shortestPiece));
    if (!masked.toLowerCase().includes(head)) continue;
    const more = key
      .slice(start + head.length)
      .split('')
      .reduceRight((rest, one) => `(?:${escape(one)}${rest})?`, '');
    masked = masked.replaceAll(new RegExp(escape(head) + more, 'gi'), mask);
  }
  return masked;
}

function escape(text: string): string {
  return text.replaceAll(/\W/g, '\\$&');
}
