/** A key shorter than this is a word that may stand anywhere; the last four of one shorter than the other, too much of it. */
const shortestKey = 4;
const shortestHinted = 9;
/** Of what others say, so long a piece of the key is taken out, too: they repeat it in part. */
const shortestPiece = 8;

const hidden = '•••';

/** Names of headers and of values in an address that hold a secret, whoever has set them. */
const secretName = /auth|key|token|secret|cookie|passw|credential|signature/i;
/** The same among the fields of a JSON body, where `max_tokens` and a user's own words are none. */
const secretField =
  /("[\w-]*(?:api_?key|authorization|secret|password|access_?token|credential)[\w-]*":)"(?:[^"\\]|\\.)*"/gi;

/** The text without the key, in whatever writing it stands there; of a long one its last four characters stay. */
export function redactText(text: string, key: string): string {
  if (key.length < shortestKey) return text;
  return writingsOf(key).reduce((rest, writing) => rest.replaceAll(writing, maskOf(key)), text);
}

/** What somebody else wrote, and may have repeated of the key: pieces of it are taken out, too. */
export function redactForeign(text: string, key: string): string {
  let rest = redactText(text, key);
  for (let start = 0; start + shortestPiece <= key.length; start += 1) {
    const piece = key.slice(start, start + shortestPiece);
    for (let at = rest.indexOf(piece); at !== -1; at = rest.indexOf(piece, at)) {
      let length = shortestPiece;
      while (start + length < key.length && rest[at + length] === key[start + length]) length += 1;
      rest = rest.slice(0, at) + hidden + rest.slice(at + length);
    }
  }
  return rest;
}

export function redactHeader(name: string, value: string, key: string): string {
  if (!secretName.test(name)) return value === key ? hidden : redactText(value, key);
  const scheme = /^(?:Bearer|Basic|Token|ApiKey) /i.exec(value)?.[0] ?? '';
  return scheme + (key !== '' && value.endsWith(key) ? maskOf(key) : hidden);
}

export function redactAddress(url: string, key: string): string {
  const masked = url.replaceAll(/([?&][^=&#]*=)([^&#]*)/g, (whole, name: string, value: string) =>
    secretName.test(name) || (key !== '' && decode(value) === key) ? name + hidden : whole,
  );
  return redactText(masked, key);
}

export function redactBody(body: string, key: string): string {
  return redactText(body, key).replaceAll(secretField, `$1"${hidden}"`);
}

function maskOf(key: string): string {
  return key.length < shortestHinted ? hidden : hidden + key.slice(-4);
}

function writingsOf(key: string): readonly string[] {
  const writings = [key, encodeURIComponent(key), JSON.stringify(key).slice(1, -1), base64(key)];
  // The longest first: a shorter one may stand in it.
  return [...new Set(writings)].sort((one, other) => other.length - one.length);
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // Not percent encoding: it is what it says.
    return value;
  }
}
