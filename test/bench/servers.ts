import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect, createServer as createSocketServer, type Server as SocketServer } from "node:net";
import { performance } from "node:perf_hooks";

/** Servers of one test: started where it says so, gone when `close` has returned. */
export class Servers {
  readonly #servers: (Server | SocketServer)[] = [];

  /** An HTTP server on loopback; answers with its base URL. */
  async http(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
    return `http://127.0.0.1:${await this.#listen(createServer(answer))}`;
  }

  /** One that speaks bytes. */
  async raw(onConnection: (socket: import("node:net").Socket) => void): Promise<string> {
    return `http://127.0.0.1:${await this.#listen(createSocketServer(onConnection))}`;
  }

  /** An address where nothing listens any more. */
  async closedPort(): Promise<string> {
    const server = createSocketServer();
    const port = await this.#listen(server);
    await new Promise((resolve) => server.close(resolve));
    return `http://127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    await Promise.all(
      this.#servers.splice(0).map((server) => {
        if ("closeAllConnections" in server) server.closeAllConnections();
        return new Promise((resolve) => server.close(resolve));
      }),
    );
  }

  async #listen(server: Server | SocketServer): Promise<number> {
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return (server.address() as AddressInfo).port;
  }
}

/**
 * Calls back `delayMs` after `fromMs`, to a hundredth: a timer alone is up to a millisecond late, which would be the test's own error
 * of 2 % on 50 ms.
 */
export function exactlyAt(fromMs: number, delayMs: number, callback: () => void): void {
  const untilMs = fromMs + delayMs;
  const look = () => {
    if (performance.now() >= untilMs) callback();
    else setImmediate(look);
  };
  setTimeout(look, Math.max(0, delayMs - 2));
}

/** Whether something accepts a connection there. */
export function isListening(base: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(base).port), "127.0.0.1");
    socket.once("connect", () => resolve(socket.destroy() && true));
    socket.once("error", () => resolve(false));
  });
}
