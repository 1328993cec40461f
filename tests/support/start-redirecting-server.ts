/**
 * Two hosts: one that takes a key and a question by any wire and answers with a redirect, and the one that it leads to,
 * which must never hear of them.
 */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';

export const redirectStatuses = [301, 302, 303, 307, 308] as const;
export type RedirectStatus = (typeof redirectStatuses)[number];

export interface RedirectingServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** What came to the first host. */
  readonly requests: readonly {
    readonly method: string;
    readonly path: string;
    readonly headers: IncomingHttpHeaders;
  }[];
  /** Lists of models, too, are answered with this redirect; undefined: they are listed. */
  listStatus: RedirectStatus | undefined;
  /** `http://localhost:<port>`: another origin, and another host. */
  readonly otherUrl: string;
  /** How many connections were made to the other host, and how many bytes came. */
  readonly other: { connections: number; bytes: number };
  close(): Promise<void>;
}

/** A model's name says which redirect its answer is. */
export const modelOf = (status: RedirectStatus): string => `redirect-${status}`;

export async function startRedirectingServer(): Promise<RedirectingServer> {
  const requests: { method: string; path: string; headers: IncomingHttpHeaders }[] = [];
  const heard = { connections: 0, bytes: 0 };
  const other = createServer((_request, response) => void response.end('{}'));
  other.on('connection', (socket) => {
    heard.connections += 1;
    socket.on('data', (bytes: Buffer) => {
      heard.bytes += bytes.length;
    });
  });
  const otherUrl = `http://localhost:${await listen(other)}`;

  const first = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      requests.push({ method, path, headers });
      const asked = /redirect-(\d+)/.exec(path + Buffer.concat(parts).toString('utf8'))?.[1];
      const status = method === 'GET' ? server.listStatus : Number(asked);
      if (status === undefined) {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(lists));
      } else {
        response.writeHead(status, { location: `${otherUrl}${path}` }).end();
      }
    });
  });
  const server: RedirectingServer = {
    url: `http://127.0.0.1:${await listen(first)}`,
    requests,
    listStatus: undefined,
    otherUrl,
    other: heard,
    close: async () => {
      await Promise.all([first, other].map(end));
    },
  };
  return server;
}

/** As every wire writes it: each reads the part that is its own. */
const lists = {
  data: redirectStatuses.map((status) => ({ id: modelOf(status), type: 'model', display_name: modelOf(status) })),
  models: redirectStatuses.map((status) => ({
    name: `models/${modelOf(status)}`,
    supportedGenerationMethods: ['generateContent'],
  })),
};

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // Both addresses of this machine: `localhost` may be either.
    server.listen(0, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('the server has no port'));
      else resolve(address.port);
    });
  });
}

function end(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
