/** A base URL that load may be sent to, or why not. */
export type Target =
  | { readonly ok: true; readonly url: URL }
  /** `remoteHost` when the person's confirmation is all that lacks. */
  | { readonly ok: false; readonly why: string; readonly remoteHost?: string };

/**
 * Reads the base URL of a run. Only this machine is a target unless the person confirmed another one: a load test against a
 * shared system is an attack when it is a mistake.
 */
export function checkTarget(text: string, allowRemote: boolean): Target {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return { ok: false, why: `"${text}" is not a URL; give one such as http://127.0.0.1:8080` };
  }
  if (url.protocol !== "http:" && url.protocol !== "https:")
    return { ok: false, why: `${url.protocol}// is not supported; give an http:// or https:// address` };
  if (url.username !== "" || url.password !== "")
    return { ok: false, why: "A target holds no user name or password: they would be kept with the run" };
  if (url.search !== "" || url.hash !== "") return { ok: false, why: `"${text}" has a query or fragment; those belong to the endpoint` };
  if (!allowRemote && !isLoopback(url))
    return {
      ok: false,
      why: `${url.hostname} is not this machine: load goes to loopback only, unless you confirm the host`,
      remoteHost: url.hostname,
    };
  return { ok: true, url };
}

/** 127.0.0.0/8, plain and mapped into IPv6, as a URL spells them whatever a person typed. */
const LOOPBACK = /^(?:localhost\.?|127(?:\.\d+){3}|\[::1\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\])$/;

/** Whether the address is this machine's own by its spelling; names other than `localhost` are not looked up, since DNS may say anything. */
const isLoopback = (url: URL): boolean => LOOPBACK.test(url.hostname);

/** What is to be said of an address while it is typed; an error where no run could begin with it. */
export interface TargetRemark {
  readonly message: string;
  readonly isError: boolean;
}

/** Undefined for an address of this machine. Another one is no error: its name has to be confirmed before anything is sent. */
export function remarkOnTarget(text: string): TargetRemark | undefined {
  const target = checkTarget(text, false);
  if (target.ok) return undefined;
  if (target.remoteHost === undefined) return { message: target.why, isError: true };
  return { message: `${target.remoteHost} is not this machine: you will be asked to confirm its name`, isError: false };
}
