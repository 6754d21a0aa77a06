import type { RequestSpec } from "./scenario.ts";

/** What carries requests. Nothing of it decides when one is sent. */
export interface Transport {
  /** Sends one request; exactly one of `answered` and `failed` is called later, unless it is given up first. */
  send(request: RequestSpec, exchange: Exchange): GiveUp;
  /** Cuts every connection. */
  close(): Promise<void>;
}

/** Ends an exchange whose answer nobody waits for any more; nothing is called after it. */
export type GiveUp = () => void;

export interface Exchange {
  /** The request goes onto its connection now. */
  sent(): void;
  /** The whole answer is here. */
  answered(status: number, bytes: number): void;
  failed(kind: FailureKind, detail: string): void;
}

/**
 * refused: nobody listens; reset: the connection broke before the answer was whole; timeout: no whole answer in time; status: an
 * answer with the wrong status; other: name resolution, TLS, a broken protocol.
 */
export const FAILURE_KINDS = ["refused", "reset", "timeout", "status", "other"] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];
