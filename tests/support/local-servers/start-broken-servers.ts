/** Servers with a fault of the connection or of what they are: real ones, on free ports of 127.0.0.1. */
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createNetServer, type Server as NetServer } from 'node:net';
import { selfSigned } from './self-signed.ts';

export interface BrokenServers {
  /** Ports, by what is wrong at them. */
  readonly ports: Readonly<Record<Fault, number>>;
  /** Requests that were taken, as `METHOD path`, by port. */
  readonly requests: ReadonlyMap<number, readonly string[]>;
  close(): Promise<void>;
}

export type Fault =
  /** Nobody listens here. */
  | 'closed'
  /** Takes every request and answers none. */
  | 'silent'
  /** Speaks https with a certificate of its own. */
  | 'self-signed'
  /** Speaks plain http. */
  | 'plain'
  /** Has web pages, whatever is asked for. */
  | 'pages'
  /** An API without a model. */
  | 'empty'
  /** Its account is empty. */
  | 'broke'
  /** An API somewhere else: it knows no path. */
  | 'pathless'
  /** Every request makes it fail. */
  | 'failing'
  /** Takes the connection and closes it. */
  | 'closing';

const json = { 'content-type': 'application/json' };

const listeners: Readonly<Record<Exclude<Fault, 'closed' | 'self-signed' | 'closing'>, RequestListener>> = {
  silent: () => undefined,
  plain: (_request, response) => void response.writeHead(200, json).end('{"object":"list","data":[{"id":"m"}]}'),
  pages: (_request, response) =>
    void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>A shop</title>'),
  empty: (_request, response) => void response.writeHead(200, json).end('{"object":"list","data":[]}'),
  pathless: (_request, response) => void response.writeHead(404, json).end('{"detail":"Not Found"}'),
  failing: (_request, response) => void response.writeHead(500, json).end('{"error":{"message":"Out of memory"}}'),
  broke: (_request, response) =>
    void response.writeHead(402, json).end('{"error":{"message":"Insufficient credits","code":402}}'),
};

export async function startBrokenServers(): Promise<BrokenServers> {
  const requests = new Map<number, string[]>();
  const servers: Server[] = [];

  async function start(server: Server): Promise<number> {
    const port = await listen(server);
    servers.push(server);
    requests.set(port, []);
    server.on('request', ({ method, url }) => requests.get(port)?.push(`${method} ${url}`));
    return port;
  }

  const plain = Object.entries(listeners).map(
    async ([fault, listener]) => [fault, await start(createHttpServer(listener))] as const,
  );
  const ports = Object.fromEntries(await Promise.all(plain)) as Record<Fault, number>;
  ports['self-signed'] = await start(createHttpsServer(selfSigned, listeners.plain));
  const closing = createNetServer((socket) => socket.destroy());
  ports.closing = await listen(closing);
  const gone = createHttpServer();
  ports.closed = await listen(gone);
  await close(gone);
  return {
    ports,
    requests,
    close: async () => {
      closing.close();
      await Promise.all(servers.map(close));
    },
  };
}

function listen(server: NetServer): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
