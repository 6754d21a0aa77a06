import { BlockList, isIPv4, isIPv6 } from "node:net";

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

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");
loopback.addSubnet("::ffff:127.0.0.0", 104, "ipv6");

/** Whether the address is this machine's own by its spelling; names other than `localhost` are not looked up, since DNS may say anything. */
function isLoopback(url: URL): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (isIPv4(host)) return loopback.check(host, "ipv4");
  if (isIPv6(host)) return loopback.check(host, "ipv6");
  return host === "localhost";
}
