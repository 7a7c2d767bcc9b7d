import { Unreachable, failureOf } from "../client/rest/inboxApi";
import { z } from "../client/wire/schema";

const personSchema = z.object({
  id: z.int(),
  username: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
});

const peopleSchema = z.object({ results: z.array(personSchema) });
const signedInSchema = z.object({ access: z.string(), refresh: z.string(), user: personSchema });
const refreshedSchema = z.object({ access: z.string() });

/** A user who can sign in. */
export type Person = z.infer<typeof personSchema>;
export type SignedIn = z.infer<typeof signedInSchema>;

const TIMEOUT_MS = 10_000;

/** The demo's sign-in, without passwords. Each call rejects with `Refused` or `Unreachable`; 404 = it is not there. */
export const demoApi = {
  people: async (): Promise<readonly Person[]> => (await ask(peopleSchema, "/api/demo/users")).results,
  signIn: (username: string): Promise<SignedIn> => ask(signedInSchema, "/api/demo/token", { username }),
  refresh: async (refresh: string): Promise<string> =>
    (await ask(refreshedSchema, "/api/demo/token/refresh", { refresh })).access,
};

async function ask<S extends z.ZodMiniType>(schema: S, path: string, body?: object): Promise<z.infer<S>> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(new URL(path, location.origin), {
      method: body ? "POST" : "GET",
      headers: { Accept: "application/json", ...(body ? { "Content-Type": "application/json" } : {}) },
      body: body ? JSON.stringify(body) : null,
      signal: timeout.signal,
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (!response.ok) {
      throw failureOf(response, answer);
    }
    return schema.parse(answer);
  } catch (error) {
    throw error instanceof Error && (error.name === "Refused" || error.name === "Unreachable")
      ? error
      : new Unreachable("The server cannot be reached.");
  } finally {
    clearTimeout(timer);
  }
}
