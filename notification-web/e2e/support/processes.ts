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

function openFiles(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return ofTheLiving([], () => readdirSync(folder)).map((fd) => ofTheLiving("", () => readlinkSync(`${folder}/${fd}`)));
}

/** A process that is looked at may end meanwhile, or close what it had open. */
function ofTheLiving<T>(otherwise: T, look: () => T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}

function fromLsof(port: number): number | undefined {
  return Number(execFileSync("lsof", ["-t", `-iTCP:${port}`, "-sTCP:LISTEN"], { encoding: "utf8" }).split("\n")[0]);
}
