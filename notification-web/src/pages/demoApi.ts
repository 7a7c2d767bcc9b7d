import { bodyOf, exchange } from "../client/rest/httpClient";
import { Unreachable } from "../client/rest/inboxApi";
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

/** The demo's sign-in, without passwords. Each call rejects with `Refused` or `Unreachable`; 404 = it is not there. */
export const demoApi = {
  people: async (): Promise<readonly Person[]> => (await ask(peopleSchema, "/api/demo/users")).results,
  signIn: (username: string): Promise<SignedIn> => ask(signedInSchema, "/api/demo/token", { username }),
  refresh: async (refresh: string): Promise<string> =>
    (await ask(refreshedSchema, "/api/demo/token/refresh", { refresh })).access,
};

async function ask<S extends z.ZodMiniType>(schema: S, path: string, body?: object): Promise<z.infer<S>> {
  const answer = schema.safeParse(bodyOf(await exchange(path, body ? { method: "POST", body } : {})));
  if (!answer.success) {
    throw new Unreachable("The server's answer was not understood.");
  }
  return answer.data;
}
