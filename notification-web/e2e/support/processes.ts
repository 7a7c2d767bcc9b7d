import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Ends the program that listens on a port of this machine, as `kill -9` does. */
export function killListenerOn(port: number): void {
  process.kill(listenerOn(port), "SIGKILL");
}

function listenerOn(port: number): number {
  const pid = process.platform === "linux" ? fromProc(port) : fromLsof(port);
  if (!pid) {
    throw new Error(`nothing listens on port ${port}`);
  }
  return pid;
}

/** Columns of /proc/net/tcp: the second is `address:port` in hexadecimal, the fourth the state, the tenth the inode. */
function fromProc(port: number): number | undefined {
  const LISTEN = "0A";
  const local = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const sockets = ["/proc/net/tcp", "/proc/net/tcp6"]
    .flatMap((table) => readFileSync(table, "utf8").split("\n"))
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(local) && columns[3] === LISTEN)
    .map((columns) => `socket:[${columns[9]}]`);
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => openFiles(pid).some((file) => sockets.includes(file)));
}

/** None of a process that has just ended. */
function openFiles(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => linkOf(`/proc/${pid}/fd/${fd}`));
  } catch {
    return [];
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function fromLsof(port: number): number | undefined {
  return Number(execFileSync("lsof", ["-t", `-iTCP:${port}`, "-sTCP:LISTEN"], { encoding: "utf8" }).split("\n")[0]);
}
