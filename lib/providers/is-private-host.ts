/**
 * Whether a host is on this machine or in a local network: there plain http is normal, and nobody outside can answer for
 * it. Takes a `URL`'s `hostname`, with or without the brackets of IPv6.
 *
 * Private are 127/8, 10/8, 172.16/12, 192.168/16 (RFC 1918), 169.254/16, 100.64/10 (RFC 6598, also Tailscale), 0.0.0.0;
 * ::1, fc00::/7, fe80::/10 and IPv4 written as IPv6; names of one label, and `.localhost`, `.local`, `.lan`, `.internal`
 * and `.home.arpa` (RFC 6761, 6762, 8375).
 */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
  if (host.includes(':')) return isPrivateIpv6(host);
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return isPrivateIpv4(host.split('.').map(Number));
  return !host.includes('.') || /\.(?:localhost|local|lan|internal|home\.arpa)$/.test(host);
}

/** Whether a host is this machine itself: what goes there leaves it by no wire. Takes what `isPrivateHost` takes. */
export function isOwnHost(hostname: string): boolean {
  return /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[?::(?:1|ffff:7f[\da-f]{2}:[\da-f]{1,4})\]?)\.?$/i.test(hostname);
}

function isPrivateIpv4([first = -1, second = -1, third = -1, fourth = -1]: readonly number[]): boolean {
  if (first === 0) return second === 0 && third === 0 && fourth === 0;
  if (first === 127 || first === 10) return true;
  if (first === 172) return second >= 16 && second <= 31;
  if (first === 100) return second >= 64 && second <= 127;
  return (first === 192 && second === 168) || (first === 169 && second === 254);
}

function isPrivateIpv6(host: string): boolean {
  const mapped = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(host);
  if (mapped) {
    const [high, low] = [Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16)];
    return isPrivateIpv4([high >> 8, high & 255, low >> 8, low & 255]);
  }
  return host === '::1' || /^f[cd][\da-f]{2}:/.test(host) || /^fe[89ab][\da-f]:/.test(host);
}
