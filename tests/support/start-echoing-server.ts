/** A server that refuses every key and says which, whole: in its error's words, in headers, and as a page might. */
import { createServer } from 'node:http';

export interface EchoingServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** The keys that came, in any header. */
  readonly keys: readonly string[];
  close(): Promise<void>;
}

export async function startEchoingServer(): Promise<EchoingServer> {
  const keys: string[] = [];
  const server = createServer((request, response) => {
    request.resume();
    const given = [
      request.headers.authorization?.replace(/^Bearer /, ''),
      request.headers['x-api-key'],
      request.headers['x-goog-api-key'],
    ]
      .flat()
      .find((value) => value !== undefined);
    if (given !== undefined) keys.push(given);
    const message = `Incorrect API key provided: ${given ?? 'none'}. You sent Authorization: Bearer ${given ?? 'none'}`;
    response
      .writeHead(401, {
        'content-type': 'application/json',
        'x-request-id': 'req_echo',
        'www-authenticate': `Bearer ${given ?? ''}`,
      })
      .end(JSON.stringify({ error: { message, type: 'invalid_request_error', code: 'invalid_api_key' } }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    keys,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
