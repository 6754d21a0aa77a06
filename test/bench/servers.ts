import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createSocketServer, type Socket, type Server as SocketServer } from "node:net";

/** Servers of one test: started where it says so, gone when `close` has returned. */
export class Servers {
  readonly #servers: (Server | SocketServer)[] = [];

  /** An HTTP server on loopback; answers with its base URL. */
  async http(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
    return `http://127.0.0.1:${await this.#listen(createServer(answer))}`;
  }

  /** One that speaks bytes. */
  async raw(onConnection: (socket: Socket) => void): Promise<string> {
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
