// Many people's inbox clients in one process, for tests in other languages. Reads commands from its input and writes one
// answer for each to its output, a line of JSON each; ends with its input.
import { createInterface } from "node:readline";
import { actAsBrowser, complaints } from "./browser";
import { Person, type Act, type Opening } from "./person";

type Command = { readonly ref: number; readonly user: number } & (
  | ({ readonly do: "open" } & Opening)
  /** Answered with how the person's pages are doing. */
  | { readonly do: "ask" }
  /** Answered with what they show. */
  | { readonly do: "look" }
  | ({ readonly do: "act" } & Act)
  /** What the browser says of its network. */
  | { readonly do: "network"; readonly online: boolean }
  | { readonly do: "reload" }
  | { readonly do: "close" }
);

const people = new Map<number, Person>();

function personOf(user: number): Person {
  const person = people.get(user);
  if (!person) {
    throw new Error(`nobody opened the page of ${user}`);
  }
  return person;
}

function obey(command: Command): object {
  switch (command.do) {
    case "open":
      people.set(command.user, new Person(command.user, command));
      return {};
    case "ask":
      return personOf(command.user).condition(complaints);
    case "look":
      return personOf(command.user).looks();
    case "act":
      personOf(command.user).does(command);
      return {};
    case "network":
      personOf(command.user).setOnline(command.online);
      return {};
    case "reload":
      personOf(command.user).reload();
      return {};
    case "close":
      personOf(command.user).close();
      people.delete(command.user);
      return {};
  }
}

function answer(line: string): object {
  const command = JSON.parse(line) as Command;
  try {
    return { ref: command.ref, ...obey(command) };
  } catch (error) {
    return { ref: command.ref, failed: String(error) };
  }
}

actAsBrowser();
createInterface({ input: process.stdin })
  .on("line", (line) => process.stdout.write(`${JSON.stringify(answer(line))}\n`))
  .on("close", () => process.exit());
