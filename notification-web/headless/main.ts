// Many users' inbox clients in one process, for tests in other languages. Reads commands from its input and writes one
// answer for each to its output, a line of JSON each; ends with its input.
import { createInterface } from "node:readline";
import { actAsBrowser, complaints } from "./browser";
import { User, type Act, type Opening } from "./user";

type Command = { readonly ref: number; readonly user: number } & (
  | ({ readonly do: "open" } & Opening)
  /** Answered with how the user's pages are doing. */
  | { readonly do: "ask" }
  /** Answered with what they show. */
  | { readonly do: "look" }
  | ({ readonly do: "act" } & Act)
  /** What the browser says of its network. */
  | { readonly do: "network"; readonly online: boolean }
  | { readonly do: "reload" | "close" }
);

const users = new Map<number, User>();

function obey(command: Command): object | undefined {
  if (command.do === "open") {
    users.set(command.user, new User(command.user, command));
    return undefined;
  }
  const user = users.get(command.user);
  if (!user) {
    throw new Error(`the page of ${command.user} is not open`);
  }
  switch (command.do) {
    case "ask":
      return user.condition(complaints);
    case "look":
      return user.looks();
    case "act":
      user.does(command);
      break;
    case "network":
      user.setOnline(command.online);
      break;
    case "reload":
      user.reload();
      break;
    case "close":
      user.close();
      users.delete(command.user);
  }
  return undefined;
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
