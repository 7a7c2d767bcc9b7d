import { beforeEach, describe, expect, vi } from "vitest";
import { FakePage } from "../../testing/fakeBrowser";
import { FakeGateway } from "../../testing/fakeSocket";
import { GATEWAY_URL, passed, SECOND, testOn } from "../../testing/inboxTabs";
import { SimulatedInbox } from "../../testing/simulatedInbox";
import { closeCodes } from "./closeCodes";
import type { ConnectionStatus } from "../inboxState";
import { LiveSocket } from "./liveSocket";

/** A socket that was started, and all that it stands on. */
class Stage {
  readonly gateway = new FakeGateway();
  readonly page = new FakePage();
  readonly statuses: ConnectionStatus[] = [];
  readonly frames: string[] = [];
  /** Which tokens were given as ending, of all that were asked for. */
  readonly asked: (string | undefined)[] = [];
  token: string | null = "first";
  isTokenLost = false;
  /** Where the api says that the user's gateways are, and how often it was asked. */
  url = GATEWAY_URL;
  urlsAsked = 0;
  isUrlLost = false;
  jitter = 0.5;
  readonly socket = new LiveSocket(
    {
      url: GATEWAY_URL,
      page: this.page,
      openSocket: this.gateway.open,
      random: () => this.jitter,
      getToken: (ending) => {
        this.asked.push(ending);
        return this.isTokenLost ? Promise.reject(new Error("no network")) : Promise.resolve(this.token);
      },
      findUrl: () => {
        this.urlsAsked++;
        return this.isUrlLost ? Promise.reject(new Error("no network")) : Promise.resolve(this.url);
      },
    },
    {
      status: ({ status }) => {
        if (this.status !== status) {
          this.statuses.push(status);
        }
      },
      frame: (frame) => this.frames.push(frame.type),
    },
  );

  constructor() {
    this.socket.start();
  }

  get status(): ConnectionStatus | undefined {
    return this.statuses.at(-1);
  }

  stop(): void {
    this.socket.stop();
  }

  /** @returns how many seconds it waited, in steps of half a one */
  async untilOpened(): Promise<number> {
    const opened = this.gateway.sockets.length;
    let waited = 0;
    for (; this.gateway.sockets.length === opened && waited < 100; waited += 0.5) {
      await passed(SECOND / 2);
    }
    return waited;
  }

  async beats(count: number, seconds: number): Promise<void> {
    for (let beat = 0; beat < count; beat++) {
      await passed(seconds * SECOND);
      this.gateway.latest.receive({ type: "pong" });
    }
  }
}

/** From this timer on, in a row of timers that set each other, a browser lets them fire once a minute. */
const THROTTLED = 5;

/**
 * Gives the page the timers of a tab that has been hidden for five minutes, as Chromium has them: they fire at whole
 * seconds, and in a long row of timers that set each other at whole minutes. What a socket brings begins a new row. On top
 * of fake timers; `vi.unstubAllGlobals` shows the tab again.
 */
function hideTab(): void {
  const setTimer = globalThis.setTimeout;
  let running = 0;
  vi.stubGlobal("setTimeout", (act: () => void, ms = 0) => {
    const row = running + 1;
    const grain = row >= THROTTLED ? 60 * SECOND : SECOND;
    const due = Math.ceil((Date.now() + ms) / grain) * grain;
    return setTimer(() => {
      running = row;
      act();
      running = 0;
    }, due - Date.now());
  });
}

const it = testOn(() => new Stage()).extend<{ live: Stage }>({
  live: async ({ stage }, run) => {
    stage.gateway.latest.welcome();
    await run(stage);
  },
});

it("offers the token beside the protocol, and is live with the first frame", ({ stage }) => {
  const { gateway, statuses, frames } = stage;
  expect([gateway.latest.url, gateway.latest.protocols]).toEqual([GATEWAY_URL, ["belfry.v1", "bearer.first"]]);
  expect(statuses).toEqual(["connecting"]);
  gateway.latest.welcome();
  expect(statuses).toEqual(["connecting", "live"]);
  new SimulatedInbox((frame) => gateway.latest.receive(frame)).add();
  expect(frames).toEqual(["welcome", "notification"]);
});

describe("when the socket closes", () => {
  const others = closeCodes.filter(({ name }) => name !== "token_expired");
  it.for(others)("comes back or stays away as the table says: $code $name", async ({ code, reconnect }, { live }) => {
    live.gateway.latest.end(code);
    const isSignedOut = code === 4501 || code === 4510;
    expect(live.status).toBe(reconnect ? "reconnecting" : isSignedOut ? "signed_out" : "stopped");
    await passed(reconnect ? SECOND : 600 * SECOND);
    live.page.set({ visible: false });
    live.page.set({ visible: true });
    live.gateway.assertOpened(reconnect ? 2 : 1);
  });

  it("comes back after an expired token with a newer one only", async ({ live }) => {
    live.token = "second";
    live.gateway.latest.end(4441);
    await passed(SECOND);
    expect(live.asked).toEqual([undefined, "first"]);
    expect(live.gateway.latest.protocols).toContain("bearer.second");
  });

  it("waits with full jitter, from a second to half a minute", async ({ stage }) => {
    stage.jitter = 0.999;
    for (const seconds of [1, 2, 4, 8, 16, 30, 30, 30]) {
      stage.gateway.latest.end(1006);
      expect(await stage.untilOpened()).toBe(seconds);
    }
    stage.jitter = 0;
    stage.gateway.latest.end(1006);
    await passed(1);
    stage.gateway.assertOpened(10);
  });

  it("begins with small waits again only after a socket that lasted", async ({ stage }) => {
    stage.jitter = 0.999;
    for (const seconds of [1, 2, 4]) {
      stage.gateway.latest.welcome();
      stage.gateway.latest.end(1012);
      expect(await stage.untilOpened()).toBe(seconds);
    }
    stage.gateway.latest.welcome();
    await stage.beats(3, 10);
    stage.gateway.latest.end(1012);
    expect(await stage.untilOpened()).toBe(1);
  });

  it("keeps asking for a token while that cannot be found out", async ({ live }) => {
    live.isTokenLost = true;
    live.gateway.latest.end(1006);
    await passed(60 * SECOND);
    live.gateway.assertOpened(1);
    expect(live.asked.length).toBeGreaterThan(3);
    expect(live.status).toBe("reconnecting");
    live.isTokenLost = false;
    await live.untilOpened();
    live.gateway.assertOpened(2);
  });
});

describe("when other gateways serve the user", () => {
  const elsewhere = "ws://gateway1.test/ws/notifications/";

  it("asks where to go and comes back there, however often it is sent away, after longer waits", async ({ stage }) => {
    stage.jitter = 0.999;
    stage.url = elsewhere;
    for (const seconds of [1, 2, 4, 8]) {
      stage.gateway.latest.end(4421);
      expect(await stage.untilOpened()).toBe(seconds);
      expect(stage.gateway.latest.url).toBe(elsewhere);
    }
    expect(stage.urlsAsked).toBe(4);
  });

  it("asks for nothing else", async ({ live }) => {
    live.url = elsewhere;
    live.gateway.latest.end(1012);
    await live.untilOpened();
    expect([live.gateway.latest.url, live.urlsAsked]).toEqual([GATEWAY_URL, 0]);
    live.gateway.latest.end(4421);
    await live.untilOpened();
    live.gateway.latest.end(1006);
    await live.untilOpened();
    expect([live.gateway.latest.url, live.urlsAsked]).toEqual([elsewhere, 1]);
  });

  it("goes nowhere while the api cannot tell", async ({ live }) => {
    live.url = elsewhere;
    live.isUrlLost = true;
    live.gateway.latest.end(4421);
    await passed(60 * SECOND);
    live.gateway.assertOpened(1);
    expect(live.urlsAsked).toBeGreaterThan(3);
    expect(live.urlsAsked).toBeLessThan(12);
    live.isUrlLost = false;
    await live.untilOpened();
    expect(live.gateway.latest.url).toBe(elsewhere);
  });

  it("moves when the gateway that it leaves is gone", async ({ live }) => {
    const old = live.gateway.latest;
    live.url = elsewhere;
    old.receive({ type: "reconnect", after_ms: 100 });
    await passed(100);
    live.gateway.latest.end(4421);
    await passed(10 * SECOND);
    live.gateway.assertOpened(2);
    expect(live.status).toBe("live");
    old.end(1012);
    await live.untilOpened();
    expect(live.gateway.latest.url).toBe(elsewhere);
  });
});

describe("when nothing is heard", () => {
  it("pings after the heartbeat, gives the socket up ten seconds later, and comes back", async ({ stage }) => {
    stage.gateway.latest.welcome({ heartbeat_seconds: 25 });
    const [silent] = stage.gateway.sockets;
    await passed(24 * SECOND);
    expect(silent?.sent).toEqual([]);
    await passed(SECOND);
    expect(silent?.sent).toEqual([{ type: "ping" }]);
    await passed(10 * SECOND);
    expect(silent?.closedByClient).not.toBeNull();
    expect(stage.status).toBe("reconnecting");
    await passed(SECOND);
    stage.gateway.assertOpened(2);
  });

  it("gives the socket up within 75 seconds in a hidden tab", async ({ stage }) => {
    hideTab();
    stage.gateway.latest.welcome({ heartbeat_seconds: 25 });
    await stage.beats(12, 26);
    expect(stage.status).toBe("live");
    await passed(25 * SECOND);
    expect(stage.status).toBe("live");
    await passed(50 * SECOND);
    expect(stage.status).toBe("reconnecting");
    vi.unstubAllGlobals();
  });

  it("gives up a handshake that never ends", async ({ stage: { gateway } }) => {
    await passed(11 * SECOND);
    gateway.assertOpened(2);
    expect(gateway.sockets[0]?.closedByClient).not.toBeNull();
  });
});

describe("when the gateway asks it to move", () => {
  it("leaves the old socket when the new one is let in", async ({ live: { gateway, statuses } }) => {
    const [old] = gateway.sockets;
    gateway.latest.receive({ type: "reconnect", after_ms: 1_500 });
    await passed(1_400);
    gateway.assertOpened(1);
    await passed(100);
    gateway.assertOpened(2);
    expect(old?.closedByClient).toBeNull();
    gateway.latest.welcome();
    expect(old?.closedByClient).toBe(1000);
    expect(statuses).toEqual(["connecting", "live"]);
  });

  it("opens one socket, not two, when the old one is closed meanwhile", async ({ live: { gateway, statuses } }) => {
    const old = gateway.latest;
    old.receive({ type: "reconnect", after_ms: 100 });
    await passed(100);
    old.end(1012);
    await passed(60);
    gateway.latest.welcome();
    await passed(5 * SECOND);
    gateway.assertOpened(2);
    expect(statuses.at(-1)).toBe("live");
  });
});

describe("when the page changes", () => {
  it.for([
    ["the network is back", { online: true }],
    ["the reader looks", { online: true, visible: true }],
  ] as const)("tries at once when %s", async ([, back], { stage }) => {
    const { gateway, page } = stage;
    stage.jitter = 0.999;
    gateway.latest.end(1006);
    expect(await stage.untilOpened()).toBe(1);
    gateway.latest.end(1006);
    await passed(1_100);
    gateway.assertOpened(2);
    page.set({ online: false, visible: false });
    page.set(back);
    await passed(0);
    gateway.assertOpened(3);
  });

  it("is offline while the browser says so, until a gateway can be reached all the same", async ({ live }) => {
    live.page.set({ online: false });
    live.gateway.latest.end(1006);
    await live.untilOpened();
    live.page.set({ online: true });
    live.page.set({ online: false });
    live.gateway.latest.welcome();
    expect(live.statuses).toEqual(["connecting", "live", "offline", "reconnecting", "offline", "live"]);
  });

  it("asks an open socket for a sign of life", async ({ live }) => {
    live.page.set({ visible: false });
    live.page.set({ visible: true });
    expect(live.gateway.latest.sent.at(-1)).toEqual({ type: "ping" });
    await passed(10 * SECOND);
    expect(live.status).toBe("reconnecting");
  });
});

describe("before the token ends", () => {
  /** By the clock of a gateway that is an hour ahead. */
  const inSeconds = (seconds: number) => new Date(Date.now() + (3_600 + seconds) * SECOND).toISOString();
  beforeEach<{ stage: Stage }>(({ stage: { gateway } }) =>
    gateway.latest.welcome({ time: inSeconds(0), token_expires_at: inSeconds(900) }),
  );

  it("is renewed on the live socket, by the server's clock", async ({ stage }) => {
    const { gateway, asked } = stage;
    stage.token = "second";
    await passed(809 * SECOND);
    expect(asked).toEqual([undefined]);
    await passed(32 * SECOND);
    expect(asked).toEqual([undefined, "first"]);
    expect(gateway.latest.sent).toEqual([{ type: "authenticate", token: "second", ref: "renewal" }]);
    gateway.latest.receive({ type: "authenticated", token_expires_at: inSeconds(900), ref: "renewal" });
    stage.token = "third";
    await passed(841 * SECOND);
    expect(gateway.latest.sent.at(-1)).toMatchObject({ token: "third" });
    gateway.assertOpened(1);
  });

  it("is renewed five seconds before it at least, and not at once when a timer cannot wait so long", async ({
    stage,
  }) => {
    const lasts = (seconds: number) =>
      stage.gateway.latest.receive({ type: "authenticated", token_expires_at: inSeconds(seconds), ref: "renewal" });
    lasts(40 * 86_400);
    await passed(30 * SECOND);
    lasts(10);
    await passed(3 * SECOND);
    expect(stage.asked).toEqual([undefined]);
    await passed(SECOND);
    expect(stage.asked).toEqual([undefined, "first"]);
  });

  it("is asked for again while a newer one cannot be had", async ({ stage }) => {
    stage.isTokenLost = true;
    await passed(841 * SECOND);
    stage.isTokenLost = false;
    stage.token = "second";
    await passed(5 * SECOND);
    expect(stage.gateway.latest.sent.at(-1)).toMatchObject({ token: "second" });
  });

  it("the socket lives to its end when the user has to sign in", async ({ stage }) => {
    stage.token = null;
    await passed(899 * SECOND);
    expect(stage.status).toBe("live");
    stage.gateway.latest.end(4441);
    await passed(30 * SECOND);
    stage.gateway.assertOpened(1);
    expect(stage.status).toBe("signed_out");
  });
});

it("is silent after it was stopped", async ({ live: { socket, gateway, page, statuses } }) => {
  socket.stop();
  expect(gateway.latest.closedByClient).toBe(1000);
  gateway.latest.receive({ type: "reconnect", after_ms: 0 });
  gateway.latest.end(1006);
  page.set({ visible: true });
  await passed(60 * SECOND);
  gateway.assertOpened(1);
  expect(statuses).toEqual(["connecting", "live"]);
});
