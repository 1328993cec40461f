/** A proxy that lets nothing through and writes down who wanted to go where. */
import { createServer } from 'node:http';

export interface RecordingProxy {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** `host:port` of each request, in order. */
  readonly hosts: readonly string[];
  close(): Promise<void>;
}

export async function startRecordingProxy(): Promise<RecordingProxy> {
  const hosts: string[] = [];
  const server = createServer((request, response) => {
    const { host } = URL.parse(request.url ?? '') ?? { host: request.headers.host ?? '' };
    hosts.push(host);
    response.writeHead(502).end();
  });
  server.on('connect', (request, socket) => {
    hosts.push(request.url ?? '');
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    hosts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
