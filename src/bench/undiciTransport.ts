import { type Dispatcher, Pool } from "undici";
import type { RequestSpec } from "./scenario.ts";
import type { Exchange, FailureKind, GiveUp, Transport } from "./transport.ts";

/**
 * HTTP/1.1 over a pool of `connections`, one request at a time on each. undici opens a new connection where the server closed the
 * old one (Tomcat does after 100 requests), so that an answer never meets another request's clock.
 */
export function undiciTransport(target: URL, connections: number, timeoutMs: number): Transport {
  const pool = new Pool(target.origin, {
    connections,
    pipelining: 1,
    // The engine has the timeouts; undici's own are only exact to half a second.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: timeoutMs },
  });
  const prefix = target.pathname.replace(/\/+$/, "");

  return {
    send: (request, exchange) => send(pool, `${prefix}${request.path}`, request, exchange),
    close: () => pool.destroy(),
  };
}

function send(pool: Pool, path: string, request: RequestSpec, exchange: Exchange): GiveUp {
  let controller: Dispatcher.DispatchController | undefined;
  let givenUp = false;
  let status = 0;
  let bytes = 0;
  const abort = () => controller?.abort(new Error("given up"));
  try {
    pool.dispatch(
      { path, method: request.method, headers: request.headers ?? null, body: request.body ?? null },
      {
        onRequestStart(started) {
          controller = started;
          if (givenUp) abort();
          else exchange.sent();
        },
        onResponseStart(_, statusCode) {
          status = statusCode;
        },
        onResponseData(_, chunk) {
          bytes += chunk.length;
        },
        onResponseEnd() {
          if (!givenUp) exchange.answered(status, bytes);
        },
        onResponseError(_, error) {
          if (givenUp) return;
          const [kind, detail] = failureOf(error);
          exchange.failed(kind, detail);
        },
      },
    );
  } catch (error) {
    exchange.failed("other", error instanceof Error ? error.message : String(error));
  }
  return () => {
    givenUp = true;
    abort();
  };
}

const KIND_OF_CODE: Readonly<Record<string, FailureKind>> = {
  ECONNREFUSED: "refused",
  ECONNRESET: "reset",
  EPIPE: "reset",
  UND_ERR_SOCKET: "reset",
  ETIMEDOUT: "timeout",
  UND_ERR_CONNECT_TIMEOUT: "timeout",
};

function failureOf(error: Error): readonly [FailureKind, string] {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return [KIND_OF_CODE[code] ?? "other", [code, error.message].filter((part) => part !== "").join(": ")];
}
