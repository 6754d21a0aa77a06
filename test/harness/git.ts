import { execFileSync } from "node:child_process";

const ANYBODY = ["-c", "user.name=a", "-c", "user.email=a@b.invalid", "-c", "commit.gpgsign=false"];

/** Runs git in a folder, as somebody without a configuration; gives what it prints, and throws where it fails. */
export const gitIn =
  (folder: string) =>
  (...args: readonly string[]): string =>
    execFileSync("git", [...ANYBODY, ...args], { cwd: folder, stdio: "pipe", encoding: "utf8" });
