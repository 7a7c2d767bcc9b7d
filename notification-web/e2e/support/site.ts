import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { currentStack } from "./stack";

/** What another site answers at a path; null = what is not there. */
export type Answers = (path: string) => Promise<{ readonly type: string; readonly text: string } | null>;

const stack = currentStack();
const types: Record<string, string> = { ".js": "text/javascript", ".css": "text/css", ".html": "text/html" };

/** Where the documents' examples say that Belfry is, and where it is here. */
const addresses = [
  ["https://notify.example.org", stack.pageUrl],
  ["wss://notify.example.org", `ws://127.0.0.1:${stack.proxyPort}`],
] as const;

/** An example as it has to be here. */
export const here = (text: string) =>
  addresses.reduce((changed, [name, address]) => changed.replaceAll(name, address), text);

/**
 * Another site than Belfry's, with an origin of its own: its pages, and a token for who is signed in there.
 *
 * @param policy a Content-Security-Policy for all of it
 */
export async function openSite(answers: Answers, token: () => Promise<string | null>, policy?: string) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://site.test");
    const answer = async () => {
      if (pathname === "/favicon.ico") {
        response.writeHead(204).end();
        return;
      }
      if (pathname.endsWith("/belfry-token")) {
        const text = await token();
        response.writeHead(text === null ? 401 : 200, { "Content-Type": "text/plain" }).end(text);
        return;
      }
      const found = await answers(pathname);
      response.writeHead(found ? 200 : 404, {
        "Content-Type": found?.type ?? "text/plain",
        ...(policy !== undefined && { "Content-Security-Policy": here(policy) }),
      });
      response.end(found && here(found.text));
    };
    answer().catch((failure: unknown) => response.writeHead(500).end(String(failure)));
  });
  await once(server.listen(stack.sitePort, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${stack.sitePort}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** The files of a folder. */
export const filesOf =
  (folder: string): Answers =>
  async (path) => {
    const name = path.endsWith("/") ? `${path}index.html` : path;
    const text = await readFile(join(folder, name), "utf8").catch(() => null);
    return text === null ? null : { type: types[extname(name)] ?? "application/octet-stream", text };
  };

/** One page, and scripts of its own. */
export const pageOf =
  (html: string, scripts: Readonly<Record<string, string>> = {}): Answers =>
  (path) => {
    const script = scripts[path];
    const found = path === "/" ? { type: "text/html", text: html } : { type: types[extname(path)] ?? "", text: script };
    return Promise.resolve(found.text === undefined ? null : { type: found.type, text: found.text });
  };
